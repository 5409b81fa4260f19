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
            ["--port", "70000", "--bind", "nowhere", "--role", "api,cook", "--what"], ("RATE_LIMIT_WINDOW_SECONDS", "x"), ("MAO_INSTANCE", "../b"), ("MAO_DRAIN_NOTICE_SECONDS", "301"));

        exitCode.Should().Be(64);
        options.Should().BeNull();
        errors.Should().ContainAll("--port", "--bind", "cook", "--what", "RATE_LIMIT_WINDOW_SECONDS", "MAO_INSTANCE", "MAO_DRAIN_NOTICE_SECONDS");
    }

    [Theory]
    [InlineData("production")]
    [InlineData(null)]
    public async Task A_start_in_production_with_sample_secrets_is_refused_naming_each(string? environment)
    {
        var keys = $"a={Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray())}";
        var (exitCode, _, errors) = await RunAsync(
            [], ("ENVIRONMENT", environment!), ("SERVICE_CERT_PHRASE", "change-me-change-me-change-me"), ("MAO_KEYS", keys + ",sample=" + keys[2..]));

        exitCode.Should().Be(64);
        errors.Should().ContainAll("SERVICE_CERT_PHRASE", "MAO_KEYS").And.NotContain("change-me").And.NotContain(keys[2..]);
    }

    [Theory]
    [InlineData("development", 0)]
    [InlineData("staging", 64)]
    [InlineData("production", 64)]
    public async Task What_lets_anybody_in_starts_in_development_alone(string environment, int exitCode)
    {
        (await RunAsync([], ("ENVIRONMENT", environment), ("MOCK_USER_AUTH", "1"))).ExitCode.Should().Be(exitCode);
        (await RunAsync([], ("ENVIRONMENT", environment), ("FIREBASE_PROJECT", "demo"), ("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099")))
            .ExitCode.Should().Be(exitCode);
    }

    [Theory]
    [InlineData("FIREBASE_AUTH_EMULATOR_HOST", "10.0.0.1:9099")]
    [InlineData("FIREBASE_AUTH_EMULATOR_HOST", "localhost.example.com:9099")]
    [InlineData("FIREBASE_AUTH_EMULATOR_HOST", "9099")]
    [InlineData("FIREBASE_KEYS_URL", "http://example.com/keys")]
    [InlineData("FIREBASE_PROJECT", "a/b")]
    [InlineData("MOCK_USER_AUTH", "3")]
    [InlineData("SERVICE_CERT_PHRASE_FILE", "/nowhere/at/all")]
    public async Task Settings_that_open_a_door_are_refused(string name, string value)
    {
        (string, string)[] settings = [("ENVIRONMENT", "development"), (name, value)];

        var (exitCode, _, errors) = await RunAsync([], name == "FIREBASE_PROJECT" ? settings : [.. settings, ("FIREBASE_PROJECT", "demo")]);

        exitCode.Should().Be(64);
        errors.Should().Contain(name);
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
