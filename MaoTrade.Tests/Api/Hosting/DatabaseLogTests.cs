using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class DatabaseLogTests
{
    private const string Statement = "Executed DbCommand";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Statements_are_logged_when_they_are_asked_for_and_never_with_their_values(bool isLogged)
    {
        await using var gateway = await Gateway.StartAsync(configure: options => options with { Database = options.Database with { IsLogged = isLogged } });

        (await gateway.PostAsync("/auth/login", """{"user":"nobody-known-here","password":"x"}""")).Status.Should().Be(401);

        gateway.Log.All.Any(line => line.Contains(Statement, StringComparison.Ordinal) && line.Contains("mtrace_users", StringComparison.Ordinal))
            .Should().Be(isLogged);
        gateway.Log.All.Where(line => line.Contains(Statement, StringComparison.Ordinal))
            .Should().NotContain(line => line.Contains("nobody-known-here", StringComparison.Ordinal));
    }
}
