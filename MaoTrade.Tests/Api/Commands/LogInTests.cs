using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Commands;

/// <summary>The log-in a first start left on this machine.</summary>
public sealed class LogInTests
{
    [Theory]
    [InlineData("orders", "owner")]
    [InlineData("account list", "admin")]
    public async Task Without_a_token_the_log_in_of_the_data_folder_is_taken_and_its_session_ended(string words, string user)
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"orders":[],"cursor":null}""");
        WriteFirstRun(gateway, gateway.Http.BaseAddress!.ToString());

        var run = await gateway.OnFolderAsync("", words.Split(' '));

        run.ExitCode.Should().Be(0, run.Error);
        await using var context = gateway.Database();
        context.Credentials.Where(row => row.LoginCount == 1).Select(row => row.User!.UserId).Should().Equal(user);
        context.Sessions.Should().BeEmpty("the session ends with the command");
    }

    [Fact]
    public async Task The_log_in_goes_to_its_own_gateway_and_to_no_other()
    {
        await using var gateway = await Gateway.StartAsync();
        WriteFirstRun(gateway, "http://127.0.0.1:1");

        var run = await Mao.RunAsync(["orders", "--data-dir", gateway.DataDir, "--url", gateway.Http.BaseAddress!.ToString()]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("--token-file").And.NotContain(Gateway.Password);
        gateway.HandlersRun.Should().Be(0);
    }

    [Fact]
    public async Task Variables_stand_in_for_flags()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"orders":[],"cursor":null}""");
        var token = Path.Combine(gateway.DataDir, "token");
        await File.WriteAllTextAsync(token, gateway.TokenOf("owner"));

        var run = await Mao.RunAsync(
            ["orders"], "", null, ("MAO_URL", gateway.Http.BaseAddress!.ToString()), ("MAO_TOKEN_FILE", token), ("MAO_DATA_DIR", gateway.DataDir));

        run.ExitCode.Should().Be(0, run.Error);
    }

    [Theory]
    [InlineData("ftp://x", "a", "--url")]
    [InlineData("http://127.0.0.1:1", "two words", "--token-file")]
    [InlineData("http://127.0.0.1:1", "", "--token-file")]
    public async Task What_is_neither_an_address_nor_a_token_is_wrong_words(string url, string token, string flag)
    {
        using var folder = new MaoTrade.Tests.Support.TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("token"), token);

        var run = await Mao.RunAsync(["orders", "--url", url, "--token-file", folder.File("token"), "--data-dir", folder.Path]);

        run.ExitCode.Should().Be(2);
        run.Error.Should().StartWith(flag);
    }

    private static void WriteFirstRun(Gateway gateway, string url) => File.WriteAllText(
        Path.Combine(gateway.DataDir, "first-run.json"),
        System.Text.Json.JsonSerializer.Serialize(
            new { url, user = "owner", password = Gateway.Password, adminUser = "admin", adminPassword = Gateway.Password }));
}
