using MaoApi.Commands;
using MaoApi.Hosting;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public async Task A_flag_wins_over_the_environment_and_the_environment_over_the_default()
    {
        var (exitCode, options, _) = await RunAsync(
            ["--port", "0", "--role", "api,pod", "--keep-engines"],
            ("MAO_PORT", "9000"),
            ("MAO_DATA_DIR", "/tmp/elsewhere"),
            ("RATE_LIMIT_REQUESTS", "7"));

        exitCode.Should().Be(0);
        options.Should().BeEquivalentTo(new
        {
            Port = 0,
            DataDir = "/tmp/elsewhere",
            Roles = GatewayRoles.Api | GatewayRoles.Pod,
            KeepEngines = true,
            RateLimit = new { Requests = 7, Window = TimeSpan.FromSeconds(10) },
        });
    }

    [Fact]
    public async Task Every_error_is_told_and_the_exit_code_is_64()
    {
        var (exitCode, options, errors) = await RunAsync(
            ["--port", "70000", "--bind", "nowhere", "--role", "api,cook", "--what"], ("RATE_LIMIT_WINDOW_SECONDS", "x"));

        exitCode.Should().Be(64);
        options.Should().BeNull();
        errors.Should().ContainAll("--port", "--bind", "cook", "--what", "RATE_LIMIT_WINDOW_SECONDS");
    }

    private static async Task<(int ExitCode, GatewayOptions? Options, string Errors)> RunAsync(
        string[] args, params (string Name, string Value)[] environment)
    {
        GatewayOptions? seen = null;
        using var errors = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            args,
            new CommandConsole(
                TextReader.Null, TextWriter.Null, errors, name => Array.Find(environment, variable => variable.Name == name).Value, TimeProvider.System),
            options =>
            {
                seen = options;
                return Task.FromResult(0);
            });
        return (exitCode, seen, errors.ToString());
    }
}
