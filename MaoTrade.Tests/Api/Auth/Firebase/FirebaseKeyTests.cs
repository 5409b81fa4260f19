using MaoApi.Auth.Firebase;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>The certificates of an issuer of our own that rotates them, and how long they are kept.</summary>
public sealed class FirebaseKeyTests : IAsyncLifetime
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
        var unknown = await MeAsync(_google.Token());
        (unknown.Status, unknown.Code).Should().Be((503, 56), "nobody can tell whether the token is good");

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

        (await MeAsync(_google.Token())).Code.Should().Be(56);

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
