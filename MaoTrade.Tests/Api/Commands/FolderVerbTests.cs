using System.Text.Json.Nodes;
using MaoApi.Auth.Services;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Commands;

/// <summary>Verbs that work on the data folder, beside a gateway that runs on it.</summary>
public sealed class FolderVerbTests
{
    [Fact]
    public async Task A_raw_request_goes_to_the_engine_once_and_its_reply_is_printed()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"a" : 1.50}""");

        var run = await gateway.OnFolderAsync("", "call", "one", """{"service":2,"data":{"srvId":3},"rid":"mine","ttlMs":2500}""");

        run.Should().Be(new MaoRun(0, """{"code":0,"message":"","data":{"a" : 1.50}}""" + Environment.NewLine, ""));
        var request = await gateway.Engine.NextRequestAsync();
        (request["service"]!.GetValue<int>(), request["data"]!.ToJsonString(), request["rid"]!.ToString(), request["ttlMs"]!.GetValue<int>())
            .Should().Be((2, """{"srvId":3}""", "mine", 2500));
    }

    [Fact]
    public async Task A_request_whose_answer_is_lost_is_not_sent_again()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Close;

        (await gateway.OnFolderAsync("""{"service":5}""", "call", "one", "-")).ExitCode.Should().Be(3);

        gateway.Engine.Received.Should().Be(1);
    }

    [Fact]
    public async Task What_the_engine_refuses_is_a_1_with_its_reply()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(409, "no \"such\" state");

        var run = await gateway.OnFolderAsync("", "call", "one", """{"service":2,"data":{"srvId":13,"orderId":"o"}}""");

        (run.ExitCode, run.Output.Trim()).Should().Be((1, """{"code":409,"message":"no \"such\" state","data":{}}"""));
    }

    [Fact]
    public async Task Bytes_of_a_reply_go_into_a_file()
    {
        await using var gateway = await Gateway.StartAsync();
        byte[] zip = [1, 2, 3, 4];
        gateway.Engine.Answer = _ => FakeReply.Zip(zip, zip.Length, "d");
        var file = Path.Combine(gateway.DataDir, "out.zip");

        var run = await gateway.OnFolderAsync("", "call", "one", """{"service":1,"data":{"logDate":"2026-11-20"}}""", "--output", file);

        run.ExitCode.Should().Be(0, run.Error);
        (await File.ReadAllBytesAsync(file)).Should().Equal(zip);
    }

    [Theory]
    [InlineData("nobodys", """{"service":5}""", 1)]
    [InlineData("one", "[]", 2)]
    [InlineData("one", "{", 2)]
    [InlineData("one", """{"data":{}}""", 2)]
    public async Task What_cannot_be_asked_is_said(string account, string json, int exitCode)
    {
        await using var gateway = await Gateway.StartAsync();

        var run = await gateway.OnFolderAsync("", "call", account, json);

        (run.ExitCode, run.Output, gateway.Engine.Received).Should().Be((exitCode, "", 0));
        run.Error.Should().MatchRegex("^(account|json): ");
    }

    [Fact]
    public async Task A_new_password_logs_in_the_old_one_does_not_and_sessions_end()
    {
        await using var gateway = await Gateway.StartAsync();
        var before = await gateway.SendAsync(HttpMethod.Post, "/auth/login", null, $$"""{"user":"owner","password":"{{Gateway.Password}}"}""");
        before.Status.Should().Be(200);

        var run = await gateway.OnFolderAsync("a longer staple\n", "user", "password", "owner", "--json");

        run.Should().Be(new MaoRun(0, """{"userId":"owner"}""" + Environment.NewLine, ""));
        (await gateway.SendAsync(HttpMethod.Post, "/auth/login", null, """{"user":"owner","password":"a longer staple"}""")).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Post, "/auth/login", null, $$"""{"user":"owner","password":"{{Gateway.Password}}"}""")).Code.Should().Be(10);
        var refresh = await gateway.SendAsync(
            HttpMethod.Post, "/auth/refresh", null, $$"""{"refreshToken":"{{before.Data["refreshToken"]}}"}""");
        refresh.Code.Should().Be(10);
    }

    [Fact]
    public async Task A_generated_password_is_told_beside_the_answer_and_releases_a_lock()
    {
        await using var gateway = await Gateway.StartAsync();
        await using (var context = gateway.Database())
        {
            context.Credentials.Single(row => row.User!.UserId == "owner").LockedUntil = DateTimeOffset.MaxValue;
            await context.SaveChangesAsync();
        }

        var run = await gateway.OnFolderAsync("", "user", "password", "owner", "--generate", "--json");

        run.Output.Should().NotContain("password");
        var password = run.Error.Trim()["password: ".Length..];
        (await gateway.SendAsync(HttpMethod.Post, "/auth/login", null, $$"""{"user":"owner","password":"{{password}}"}""")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("owner", "short\n", 2)]
    [InlineData("owner", "", 2)]
    [InlineData("nobody", "a longer staple\n", 1)]
    public async Task A_password_that_is_none_changes_nothing(string user, string input, int exitCode)
    {
        await using var gateway = await Gateway.StartAsync();

        (await gateway.OnFolderAsync(input, "user", "password", user)).ExitCode.Should().Be(exitCode);

        (await gateway.SendAsync(HttpMethod.Post, "/auth/login", null, $$"""{"user":"owner","password":"{{Gateway.Password}}"}""")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("monitor")]
    [InlineData("srv")]
    [InlineData("engine:one")]
    public async Task A_key_made_by_hand_is_one_the_gateway_knows(string scope)
    {
        await using var gateway = await Gateway.StartAsync();

        var run = await gateway.OnFolderAsync("", "token", "service", scope, "--json");

        run.ExitCode.Should().Be(0, run.Error);
        var key = JsonNode.Parse(run.Output)!;
        var entry = await gateway.App.Services.GetRequiredService<ServiceKeys>().FindAsync((string)key["keyId"]!, CancellationToken.None);
        entry!.Caller.Scope.Should().Be(scope);
        System.Text.Encoding.UTF8.GetString(entry.Secret).Should().Be((string)key["secret"]!);
        await using var context = gateway.Database();
        context.ServiceKeys.Single(row => row.KeyId == (string)key["keyId"]!).Secret.Should().NotContain((string)key["secret"]!, "it is stored encrypted");
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("engine:nobodys")]
    [InlineData("engine:")]
    public async Task A_scope_there_is_not_gets_no_key(string scope)
    {
        await using var gateway = await Gateway.StartAsync();

        (await gateway.OnFolderAsync("", "token", "service", scope)).ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task A_folder_without_a_gateways_data_is_said_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();

        var run = await Mao.RunAsync(["user", "password", "owner", "--generate", "--data-dir", folder.Path]);

        (run.ExitCode, run.Output).Should().Be((3, ""));
        run.Error.Should().Contain("--data-dir").And.Contain("mao init");
        Directory.GetFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_all_named()
    {
        await using var gateway = await Gateway.StartAsync();

        var run = await Mao.RunAsync(
            ["token", "service", "monitor", "--data-dir", gateway.DataDir], "", null, ("ENGINE_DOWNLOADS", "many"), ("ENVIRONMENT", "moon"));

        run.ExitCode.Should().Be(2);
        run.Error.Should().ContainAll("ENGINE_DOWNLOADS", "ENVIRONMENT");
    }
}
