using System.Security.Cryptography;
using MaoApi.Auth.Firebase;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>ID tokens of an issuer of our own, with rotating X.509 keys at an address.</summary>
public sealed class FirebaseTokenTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private FakeGoogle _google = null!;
    private Gateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _google = await FakeGoogle.StartAsync(_clock.GetUtcNow());
        _gateway = await Gateway.StartAsync(
            _clock, configure: options => options with { Firebase = new FirebaseOptions { Project = FakeGoogle.Project, Keys = _google.Keys } });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task A_token_lets_in_the_user_whose_row_has_its_subject()
    {
        var me = await MeAsync(_google.Token());

        (me.Status, me.Data["user"]!["userId"]!.ToString()).Should().Be((200, "owner"));
    }

    [Theory]
    [InlineData("nobody", 11)]
    [InlineData("inactive", 11)]
    [InlineData("expired", 12)]
    [InlineData("blocked", 13)]
    public async Task The_row_decides_as_it_does_for_the_local_issuer(string user, int code)
    {
        var refused = await MeAsync(_google.Token(user));

        (refused.Status, refused.Code, _gateway.HandlersRun).Should().Be((403, code, 0));
    }

    [Fact]
    public async Task A_token_that_is_wrong_anywhere_proves_nothing()
    {
        using var stranger = RSA.Create(2048);
        var good = _google.Token();
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + good.Split('.')[1] + ".";
        var forged = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["foreign key"] = _google.Token(key: new RsaSecurityKey(stranger)),
            ["unknown key"] = _google.Token(keyId: "nobody"),
            ["no key"] = _google.Token(keyId: ""),
            ["public key as secret"] = _google.Token(key: _google.PublicKeyAsSecret(), algorithm: SecurityAlgorithms.HmacSha256),
            ["another algorithm"] = _google.Token(algorithm: SecurityAlgorithms.RsaSha512),
            ["no algorithm"] = unsigned,
            ["signature cut off"] = good[..(good.LastIndexOf('.') + 1)],
            ["another project's issuer"] = _google.Token(issuer: "https://securetoken.google.com/other"),
            ["the local issuer"] = _google.Token(issuer: "maotrade"),
            ["another project's audience"] = _google.Token(audience: "other"),
            ["expired"] = _google.Token(issued: TimeSpan.FromHours(-1)),
            ["issued in the future"] = _google.Token(issued: TimeSpan.FromSeconds(31)),
            ["logged in in the future"] = _google.Token(authenticated: TimeSpan.FromSeconds(31)),
            ["empty subject"] = _google.Token(subject: ""),
            ["long subject"] = _google.Token(subject: new string('a', 129)),
        };
        foreach (var claim in new[] { "iss", "aud", "sub", "iat", "exp", "auth_time" })
        {
            forged["without " + claim] = _google.Token(without: claim);
        }

        foreach (var (fault, token) in forged)
        {
            var reply = await MeAsync(token);
            (reply.Status, reply.Code).Should().Be((401, 10), fault);
        }

        _gateway.HandlersRun.Should().Be(0);
        (await MeAsync(good)).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_log_out_everywhere_ends_firebase_log_ins_too_however_often_their_tokens_are_renewed()
    {
        var before = _google.Token();
        (await _gateway.SendAsync(HttpMethod.Post, "/auth/logout", before, "{}")).Status.Should().Be(200);
        MoveTo(TimeSpan.FromMinutes(5));
        (await _gateway.SendAsync(HttpMethod.Post, "/auth/logout", _google.Token(authenticated: TimeSpan.Zero), "{}")).Status.Should().Be(200);
        MoveTo(TimeSpan.FromMinutes(5));

        (await MeAsync(before)).Code.Should().Be(10);
        (await MeAsync(_google.Token(authenticated: TimeSpan.FromMinutes(-6)))).Code.Should().Be(10);
        (await MeAsync(_google.Token())).Status.Should().Be(200);
    }

    [Fact]
    public async Task Keys_are_fetched_once_however_many_ask_and_kept_as_long_as_they_may_be()
    {
        var answer = new TaskCompletionSource();
        _google.Until = answer.Task;
        var calls = Enumerable.Range(0, 50).Select(i => MeAsync(_google.Token(issued: TimeSpan.FromSeconds(-i)))).ToList();
        await Deadlines.Until(() => _google.Fetches == 1, "no fetch began");
        answer.SetResult();

        (await Task.WhenAll(calls)).Should().OnlyContain(reply => reply.Status == 200);
        MoveTo(TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1));
        (await MeAsync(_google.Token())).Status.Should().Be(200);
        _google.Fetches.Should().Be(1);
    }

    [Fact]
    public async Task A_rotated_key_is_found_when_it_is_first_met()
    {
        (await MeAsync(_google.Token())).Status.Should().Be(200);
        _google.Rotate();
        MoveTo(FirebaseKeys.MinInterval);

        (await MeAsync(_google.Token())).Status.Should().Be(200);
        _google.Fetches.Should().Be(2);
    }

    [Fact]
    public async Task Tokens_with_unknown_keys_make_us_call_at_most_once_in_a_while()
    {
        (await MeAsync(_google.Token())).Status.Should().Be(200);
        MoveTo(FirebaseKeys.MinInterval);

        for (var i = 0; i < 20; i++)
        {
            (await MeAsync(_google.Token(keyId: $"guess{i}"))).Code.Should().Be(10);
        }

        _google.Fetches.Should().Be(2);
    }

    [Fact]
    public async Task While_google_is_away_the_last_keys_are_good_for_a_day_and_no_longer()
    {
        (await MeAsync(_google.Token())).Status.Should().Be(200);
        _google.IsAway = true;
        MoveTo(TimeSpan.FromHours(6) + FirebaseKeys.MaxStale - TimeSpan.FromSeconds(1));
        (await MeAsync(_google.Token())).Status.Should().Be(200);

        MoveTo(TimeSpan.FromSeconds(1));
        (await MeAsync(_google.Token())).Code.Should().Be(10);

        _google.IsAway = false;
        MoveTo(FirebaseKeys.MinInterval);
        (await MeAsync(_google.Token())).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_key_google_withdrew_ends_when_its_answer_does()
    {
        var old = _google.Token();
        (await MeAsync(old)).Status.Should().Be(200);
        _google.Rotate();
        _google.Withdraw();
        MoveTo(TimeSpan.FromHours(6));
        (await MeAsync(_google.Token())).Status.Should().Be(200);

        (await MeAsync(_google.Token(keyId: "key0"))).Code.Should().Be(10);
    }

    [Fact]
    public async Task A_certificate_that_is_over_proves_nothing()
    {
        _google.Rotate(lifetime: TimeSpan.FromMinutes(10));
        (await MeAsync(_google.Token())).Status.Should().Be(200);
        MoveTo(TimeSpan.FromMinutes(10));

        (await MeAsync(_google.Token())).Code.Should().Be(10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"key0\":null}")]
    [InlineData("{\"key0\":\"no certificate\"}")]
    [InlineData("<html>captive portal</html>")]
    public async Task An_answer_that_holds_no_keys_lets_nobody_in_and_breaks_nothing(string answer)
    {
        _google.Instead = answer;

        (await MeAsync(_google.Token())).Code.Should().Be(10);

        _google.Instead = null;
        MoveTo(FirebaseKeys.MinInterval);
        (await MeAsync(_google.Token())).Status.Should().Be(200);
    }

    private void MoveTo(TimeSpan later)
    {
        _clock.Skip(later);
        _google.Now = _clock.GetUtcNow();
    }

    private Task<Reply> MeAsync(string token) => _gateway.SendAsync(HttpMethod.Get, "/auth/me", token);
}
