using MaoApi.Auth;
using MaoApi.Auth.Firebase;
using MaoTrade.Tests.Api.Notices.Support;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>ID tokens by FirebaseAdmin, which asks about the user as well.</summary>
[NeedsFirebaseAdmin]
public sealed class FirebaseAdminTokenTests : FirebaseTokenContract
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxStale = TimeSpan.FromMinutes(15);

    private protected override string Verifier => FirebaseVerifiers.Admin;

    [ContractTheory]
    [InlineData("revoked")]
    [InlineData("disabled")]
    [InlineData("deleted")]
    public async Task A_user_whose_log_in_ended_at_firebase_is_out_within_a_minute(string what)
    {
        var token = Google.Token();
        (await MeAsync(token)).Status.Should().Be(200);
        var handlersRun = Gateway.HandlersRun;
        Accounts.ValidSince = what == "revoked" ? Google.Now + TimeSpan.FromSeconds(1) : DateTimeOffset.UnixEpoch;
        Accounts.IsDisabled = what == "disabled";
        Accounts.IsEmpty = what == "deleted";

        MoveTo(Remembered);
        var renewed = await MeAsync(Google.Token(authenticated: -Remembered));
        var refused = await MeAsync(token);

        (refused.Status, refused.Code, renewed.Code).Should().Be((401, 10, 10));
        Gateway.HandlersRun.Should().Be(handlersRun);
        (await MeAsync(Google.Token())).Status.Should().Be(what == "revoked" ? 200 : 401);
    }

    [ContractFact]
    public async Task A_request_costs_no_question_of_its_own()
    {
        var token = Google.Token();

        for (var i = 0; i < 20; i++)
        {
            (await MeAsync(token)).Status.Should().Be(200);
        }

        Accounts.Lookups.Should().Be(1);
        MoveTo(Remembered);
        (await MeAsync(token)).Status.Should().Be(200);
        Accounts.Lookups.Should().Be(2);
    }

    [ContractFact]
    public async Task Many_who_ask_about_one_user_at_once_ask_once()
    {
        (await MeAsync(Google.Token())).Status.Should().Be(200);
        var answer = new TaskCompletionSource();
        Accounts.Instead = new RecordedAnswer(200, """{"users":[{"localId":"owner"}]}""") { Until = answer.Task };
        var source = Gateway.App.Services.GetServices<ITokenSource>().Single(one => one.Issuer.EndsWith(FakeGoogle.Project, StringComparison.Ordinal));

        var questions = Enumerable.Range(1, 30)
            .Select(i => source.VerifyAsync(new JsonWebToken(Google.Token(issued: TimeSpan.FromSeconds(-i))), CancellationToken.None).AsTask()).ToList();
        answer.SetResult();

        (await Task.WhenAll(questions)).Should().NotContainNulls();
        Accounts.Lookups.Should().Be(2, "one before, one for all of them");
    }

    [ContractFact]
    public async Task While_firebase_is_away_what_it_said_last_counts_for_a_quarter_of_an_hour()
    {
        var token = Google.Token();
        (await MeAsync(token)).Status.Should().Be(200);
        Accounts.Instead = new RecordedAnswer(503, "{}");

        MoveTo(MaxStale - TimeSpan.FromSeconds(1));
        (await MeAsync(token)).Status.Should().Be(200);
        var stranger = await MeAsync(Google.Token("viewer"));
        MoveTo(TimeSpan.FromSeconds(1));
        var late = await MeAsync(token);

        (stranger.Status, stranger.Code, late.Status, late.Code).Should().Be((503, 56, 503, 56));
        Accounts.Instead = null;
        MoveTo(Pause);
        (await MeAsync(token)).Status.Should().Be(200);
    }

    [ContractTheory]
    [InlineData(503, "{}")]
    [InlineData(500, "<html>no</html>")]
    [InlineData(429, """{"error":{"code":429,"message":"QUOTA_EXCEEDED","status":"RESOURCE_EXHAUSTED"}}""")]
    [InlineData(403, """{"error":{"code":403,"message":"PERMISSION_DENIED","status":"PERMISSION_DENIED"}}""")]
    [InlineData(302, "")]
    [InlineData(200, "<html>captive portal</html>")]
    public async Task An_answer_that_says_nothing_of_the_user_refuses_nobody_and_is_asked_for_once(int status, string body)
    {
        Accounts.Instead = new RecordedAnswer(status, body) { Headers = new Dictionary<string, string> { ["Location"] = $"{Accounts.Url}elsewhere" } };

        for (var i = 0; i < 5; i++)
        {
            (await MeAsync(Google.Token(issued: TimeSpan.FromSeconds(-i)))).Code.Should().Be(56);
        }

        (Accounts.Lookups, Gateway.HandlersRun).Should().Be((1, 0));
        Gateway.Log.All.Should().ContainSingle(line => line.Contains("Firebase could not be asked"));
    }

    [ContractFact]
    public async Task A_service_account_google_does_not_know_refuses_nobody()
    {
        Accounts.InsteadOfToken = new RecordedAnswer(400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""");

        (await MeAsync(Google.Token())).Code.Should().Be(56);

        Gateway.Log.All.Should().ContainSingle(line => line.Contains("invalid_grant"));
    }

    [ContractFact]
    public async Task Nobody_waits_longer_than_five_seconds_for_an_answer()
    {
        Accounts.Instead = new RecordedAnswer(200, "{}") { Until = new TaskCompletionSource().Task };
        var waiting = MeAsync(Google.Token());
        await Until.TrueAsync("Firebase is asked", TimeSpan.FromSeconds(60), () => Task.FromResult(Accounts.Lookups == 1));

        Clock.Skip(Patience);

        (await waiting).Code.Should().Be(56);
    }

    [ContractFact]
    public async Task A_token_that_cannot_be_read_keeps_nobody_else_waiting()
    {
        var good = Google.Token();
        (await MeAsync(good[..(good.LastIndexOf('.') + 1)] + "a")).Code.Should().Be(10);

        (await MeAsync(Google.Token())).Status.Should().Be(200);
    }
}
