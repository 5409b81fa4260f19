using System.Security.Cryptography;
using MaoApi.Auth.Firebase;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>What every way of verifying ID tokens does: those of an issuer of our own, beside a server that knows its users.</summary>
public abstract class FirebaseTokenContract : IAsyncLifetime
{
    /// <summary>Google's library goes by the machine's clock, which it allows a token to be old for an hour: there is room to move forward.</summary>
    private protected FakeClock Clock { get; } = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(30));

    private protected FakeGoogle Google { get; private set; } = null!;

    private protected FakeAccounts Accounts { get; private set; } = null!;

    private protected Gateway Gateway { get; private set; } = null!;

    /// <summary>One of <see cref="FirebaseVerifiers"/>.</summary>
    private protected abstract string Verifier { get; }

    public async Task InitializeAsync()
    {
        Google = await FakeGoogle.StartAsync(Clock.GetUtcNow());
        Accounts = await FakeAccounts.StartAsync();
        Gateway = await Gateway.StartAsync(Clock, configure: options => options with
        {
            Firebase = new FirebaseOptions { Project = FakeGoogle.Project, Keys = Google.Keys, Verifier = Verifier, Accounts = Accounts.Url },
            Notices = new NoticeOptions { Fcm = Accounts.Account },
        });
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Accounts.DisposeAsync();
        await Google.DisposeAsync();
    }

    [ContractFact]
    public async Task A_token_lets_in_the_user_whose_row_has_its_subject()
    {
        var me = await MeAsync(Google.Token());

        (me.Status, me.Data["user"]!["userId"]!.ToString()).Should().Be((200, "owner"));
    }

    [ContractTheory]
    [InlineData("nobody", 11)]
    [InlineData("inactive", 11)]
    [InlineData("expired", 12)]
    [InlineData("blocked", 13)]
    public async Task The_row_decides_as_it_does_for_the_local_issuer(string user, int code)
    {
        var refused = await MeAsync(Google.Token(user));

        (refused.Status, refused.Code, Gateway.HandlersRun).Should().Be((403, code, 0));
    }

    [ContractFact]
    public async Task A_token_that_is_wrong_anywhere_proves_nothing()
    {
        using var stranger = RSA.Create(2048);
        var good = Google.Token();
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + good.Split('.')[1] + ".";
        var forged = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["foreign key"] = Google.Token(key: new RsaSecurityKey(stranger)),
            ["unknown key"] = Google.Token(keyId: "nobody"),
            ["no key"] = Google.Token(keyId: ""),
            ["public key as secret"] = Google.Token(key: Google.PublicKeyAsSecret(), algorithm: SecurityAlgorithms.HmacSha256),
            ["another algorithm"] = Google.Token(algorithm: SecurityAlgorithms.RsaSha512),
            ["no algorithm"] = unsigned,
            ["signature cut off"] = good[..(good.LastIndexOf('.') + 1)],
            ["another project's issuer"] = Google.Token(issuer: "https://securetoken.google.com/other"),
            ["the local issuer"] = Google.Token(issuer: "maotrade"),
            ["another project's audience"] = Google.Token(audience: "other"),
            ["expired"] = Google.Token(issued: TimeSpan.FromHours(-1)),
            ["issued in the future"] = Google.Token(issued: TimeSpan.FromSeconds(31)),
            ["logged in in the future"] = Google.Token(authenticated: TimeSpan.FromSeconds(31)),
            ["empty subject"] = Google.Token(subject: ""),
            ["long subject"] = Google.Token(subject: new string('a', 129)),
        };
        foreach (var claim in new[] { "iss", "aud", "sub", "iat", "exp", "auth_time" })
        {
            forged["without " + claim] = Google.Token(without: claim);
        }

        foreach (var (fault, token) in forged)
        {
            var reply = await MeAsync(token);
            (reply.Status, reply.Code).Should().Be((401, 10), fault);
        }

        Gateway.HandlersRun.Should().Be(0);
        (await MeAsync(good)).Status.Should().Be(200);
    }

    [ContractFact]
    public async Task A_log_out_everywhere_ends_firebase_log_ins_too_however_often_their_tokens_are_renewed()
    {
        var before = Google.Token();
        (await Gateway.SendAsync(HttpMethod.Post, "/auth/logout", before, "{}")).Status.Should().Be(200);
        MoveTo(TimeSpan.FromMinutes(5));
        (await Gateway.SendAsync(HttpMethod.Post, "/auth/logout", Google.Token(authenticated: TimeSpan.Zero), "{}")).Status.Should().Be(200);
        MoveTo(TimeSpan.FromMinutes(5));

        (await MeAsync(before)).Code.Should().Be(10);
        (await MeAsync(Google.Token(authenticated: TimeSpan.FromMinutes(-6)))).Code.Should().Be(10);
        (await MeAsync(Google.Token())).Status.Should().Be(200);
    }

    [ContractFact]
    public async Task While_google_cannot_be_asked_a_token_is_neither_believed_nor_refused()
    {
        Google.IsAway = true;

        var unknown = await MeAsync(Google.Token());

        (unknown.Status, unknown.Code, Gateway.HandlersRun).Should().Be((503, 56, 0));
        unknown.Headers.Contains("Retry-After").Should().BeTrue();
        (await MeAsync(Google.Token(audience: "other"))).Code.Should().Be(10, "what is wrong with it is seen without asking");

        Google.IsAway = false;
        MoveTo(TimeSpan.FromSeconds(10));
        (await MeAsync(Google.Token())).Status.Should().Be(200);
    }

    private protected void MoveTo(TimeSpan later)
    {
        Clock.Skip(later);
        Google.Now = Clock.GetUtcNow();
    }

    private protected Task<Reply> MeAsync(string token) => Gateway.SendAsync(HttpMethod.Get, "/auth/me", token);
}
