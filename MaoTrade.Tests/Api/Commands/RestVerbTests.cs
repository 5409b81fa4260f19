using System.Text.Json.Nodes;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Commands;

/// <summary>Verbs that speak to the gateway, against a whole one.</summary>
public sealed class RestVerbTests
{
    [Fact]
    public async Task Json_is_the_data_of_the_api_as_it_came()
    {
        await using var gateway = await Gateway.StartAsync();
        const string bytes = """{"odd" : 1.50, "text":"\u00e8 è", "positions":[]}""";
        gateway.Engine.Answer = _ => FakeReply.Done(bytes);

        var run = await gateway.AsAsync("owner", "portfolio", "--json");

        run.Should().Be(new MaoRun(
            0, "{\"accounts\":[{\"accountId\":\"one\",\"code\":0,\"message\":\"\",\"portfolio\":" + bytes + "}]}" + Environment.NewLine, ""));
    }

    [Fact]
    public async Task Where_no_person_looks_columns_are_divided_by_tabs_and_nothing_moves_a_cursor()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done(
            """
            {"orders":[{"orderId":"o1","created":"2026-01-05T08:00:00.000Z","epic":"EUR\u001b[2JUSD","action":0,"opType":1,"orderType":0,"qty":2.5,
             "filled":0,"avgFillPrice":null,"execState":2,"pnl":null,"errorMessage":""}],"cursor":"o1"}
            """);

        var run = await gateway.AsAsync("owner", "orders", "--account", "one", "--limit", "1", "--from", "2026-01-05");

        var lines = run.Output.Split(Environment.NewLine);
        lines[0].Should().Be("orderId\tcreated\tepic\taction\topType\torderType\tqty\tfilled\tavgFillPrice\texecState\tpnl\terrorMessage");
        lines[1].Should().Be("o1\t2026-01-05T08:00:00.000Z\tEUR\\u001b[2JUSD\t0\t1\t0\t2.5\t0\t\t2\t\t");
        (run.ExitCode, run.Error.Trim()).Should().Be((0, "more: --cursor o1"));
        (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be("""{"srvId":11,"from":"2026-01-05T00:00:00Z","limit":1}""");
    }

    [Fact]
    public async Task A_refusal_names_code_and_fields_and_ends_with_1()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Refused(
            454, "refused", """{"valid":false,"errors":[{"field":"params.qty","code":"range","message":"qty must be above 0"}],"warnings":[]}""");

        var run = await gateway.AsAsync("owner", "signal", "validate", "--epic", "E", "--system", "S", "--time-frame", "60", "--param", "qty=0");

        (run.ExitCode, run.Output).Should().Be((1, ""));
        run.Error.Split(Environment.NewLine)[..2].Should().Equal("refused: refused (HTTP 422, code 24)", "  params.qty: qty must be above 0 (range)");
    }

    [Theory]
    [InlineData("viewer", 4)]
    [InlineData("blocked", 4)]
    public async Task Who_may_not_is_told_so_with_4(string user, int exitCode)
    {
        await using var gateway = await Gateway.StartAsync();

        var run = await gateway.AsAsync(user, "signal", "delete", "s1", "--account", "one");

        (run.ExitCode, gateway.Engine.Received).Should().Be((exitCode, 0));
        run.Error.Should().StartWith("refused: ");
    }

    [Fact]
    public async Task An_engine_that_is_not_reached_is_a_3_and_so_is_a_gateway()
    {
        await using var gateway = await Gateway.StartAsync();
        await gateway.Engine.DisposeAsync();

        (await gateway.AsAsync("owner", "orders")).ExitCode.Should().Be(3);

        var token = Path.Combine(gateway.DataDir, "token-owner");
        var run = await Mao.RunAsync(["orders", "--url", "http://127.0.0.1:1", "--token-file", token]);
        run.ExitCode.Should().Be(3);
        run.Error.Should().StartWith("the gateway does not answer");
    }

    [Fact]
    public async Task Parameters_are_numbers_truths_and_words()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"signal":{"signalId":"s1"}}""");

        var run = await gateway.AsAsync(
            "owner", "signal", "create", "--epic", "EURUSD", "--system", "FUTM", "--time-frame", "60",
            "--param", "qty=1.50", "--param", "short=true", "--param", "signal=BUY", "--param", "empty=");

        run.ExitCode.Should().Be(0, run.Error);
        var signal = (await gateway.Engine.NextRequestAsync())["data"]!["signal"]!;
        signal.ToJsonString().Should().Be(
            """{"epic":"EURUSD","system":"FUTM","timeFrame":60,"params":{"qty":1.50,"short":true,"signal":"BUY","empty":""}}""");
    }

    [Theory]
    [InlineData("qty")]
    [InlineData("=1")]
    public async Task A_parameter_that_is_none_is_wrong_words(string word)
    {
        await using var gateway = await Gateway.StartAsync();

        var run = await gateway.AsAsync("owner", "signal", "create", "--epic", "E", "--system", "S", "--time-frame", "60", "--param", word);

        (run.ExitCode, gateway.Engine.Received).Should().Be((2, 0));
        run.Error.Should().Contain("--param");
    }

    [Fact]
    public async Task A_change_of_a_signal_keeps_what_was_not_named_and_carries_the_version_it_saw()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = request => (int)request["data"]!["srvId"]! == 4
            ? FakeReply.Done(
                """
                {"signals":[{"signalId":"s0","version":1},{"signalId":"s1","epic":"EURUSD","system":"FUTM","timeFrame":60,"params":{"qty":1,"signal":"BUY"},
                 "startTrade":null,"endTrade":99,"blocked":false,"state":"running","version":7}]}
                """)
            : FakeReply.Done("""{"signal":{"signalId":"s1"}}""");

        var run = await gateway.AsAsync("owner", "signal", "update", "s1", "--param", "qty=20");

        run.ExitCode.Should().Be(0, run.Error);
        await gateway.Engine.NextRequestAsync();
        var signal = (await gateway.Engine.NextRequestAsync())["data"]!["signal"]!;
        JsonNode.DeepEquals(signal, JsonNode.Parse(
            """{"signalId":"s1","epic":"EURUSD","system":"FUTM","timeFrame":60,"params":{"qty":20,"signal":"BUY"},"endTrade":99,"blocked":false,"version":7}"""))
            .Should().BeTrue(signal.ToJsonString());
    }

    [Fact]
    public async Task A_signal_there_is_not_is_not_changed()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"signals":[]}""");

        (await gateway.AsAsync("owner", "signal", "update", "s1", "--param", "qty=20")).ExitCode.Should().Be(1);

        gateway.Engine.Received.Should().Be(1);
    }

    [Fact]
    public async Task A_system_test_is_waited_for_and_its_report_printed()
    {
        await using var gateway = await Gateway.StartAsync();
        var asked = 0;
        gateway.Engine.Answer = request => FakeReply.Done(((string)request["data"]!["op"]!, Interlocked.Increment(ref asked)) switch
        {
            ("result", _) => """{"format":1,"bars":40}""",
            (_, < 3) => """{"jobId":"j1","state":"running","progress":0.5}""",
            _ => """{"jobId":"j1","state":"done","progress":1}""",
        });

        var run = await gateway.AsAsync("owner", "backtest", "--system", "Swing", "--epic", "EURUSD", "--param", "short=false", "--json");

        (run.ExitCode, run.Output.Trim()).Should().Be((0, """{"format":1,"bars":40}"""));
        (await gateway.Engine.NextRequestAsync())["data"]!.ToJsonString().Should().Be(
            """{"op":"start","system":"Swing","epic":"EURUSD","params":{"short":false},"rules":{}}""");
    }

    [Fact]
    public async Task A_system_test_that_failed_is_a_1()
    {
        await using var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"jobId":"j1","state":"failed","progress":0,"error":"no bars"}""");

        var run = await gateway.AsAsync("owner", "backtest", "--system", "Swing", "--epic", "EURUSD");

        (run.ExitCode, run.Error.Trim()).Should().Be((1, "the test is failed: no bars"));
    }

    [Fact]
    public async Task Administrators_list_accounts_and_engines()
    {
        await using var gateway = await Gateway.StartAsync();

        var accounts = await gateway.AsAsync("admin", "account", "list");
        accounts.Output.Split(Environment.NewLine)[1].Should().StartWith("one\tone\towner\tpaper\tno\tyes\t127.0.0.1\t");
        (await gateway.AsAsync("admin", "engine", "list", "--json")).Output.Should().StartWith("""{"items":[""");
        (await gateway.AsAsync("owner", "account", "list")).ExitCode.Should().Be(4);
    }

    [Fact]
    public async Task A_user_is_added_given_a_role_and_locked_out()
    {
        await using var gateway = await Gateway.StartAsync();
        var token = Path.Combine(gateway.DataDir, "token-admin");
        await File.WriteAllTextAsync(token, gateway.TokenOf("admin"));
        Task<MaoRun> AddAsync(string input) => Mao.RunAsync(
            ["user", "add", "anna", "--email", "anna@example.org", "--json", "--url", gateway.Http.BaseAddress!.ToString(), "--token-file", token], input);

        (await AddAsync("too short\n")).ExitCode.Should().Be(2);
        var added = await AddAsync("a longer staple\n");

        added.ExitCode.Should().Be(0, added.Error);
        ((string)JsonNode.Parse(added.Output)!["email"]!).Should().Be("anna@example.org");
        var logIn = await gateway.SendAsync(HttpMethod.Post, "/auth/login", null, """{"user":"anna","password":"a longer staple"}""");
        logIn.Status.Should().Be(200);
        (await AddAsync("a longer staple\n")).ExitCode.Should().Be(1, "the name is taken");

        (await gateway.AsAsync("admin", "account", "role", "one", "anna", "viewer")).ExitCode.Should().Be(0);
        (await gateway.AsAsync("anna", "portfolio", "--account", "one")).ExitCode.Should().Be(0);
        (await gateway.AsAsync("admin", "account", "role", "one", "anna", "owner")).Output.Should().Contain("role\towner");
        (await gateway.AsAsync("admin", "account", "role", "one", "anna", "none")).ExitCode.Should().Be(0);
        (await gateway.AsAsync("admin", "account", "role", "one", "anna", "none")).ExitCode.Should().Be(1);
        (await gateway.AsAsync("anna", "portfolio", "--account", "one")).ExitCode.Should().Be(4);

        (await gateway.AsAsync("admin", "user", "disable", "anna")).ExitCode.Should().Be(0);
        (await gateway.AsAsync("anna", "portfolio")).ExitCode.Should().Be(4);
        (await gateway.AsAsync("admin", "user", "list")).Output.Should().Contain("anna\tanna\tanna@example.org\tno\t2");
    }

    [Fact]
    public async Task An_account_is_added_with_its_secret_and_shown_without_it()
    {
        await using var gateway = await Gateway.StartAsync();
        var token = Path.Combine(gateway.DataDir, "token-admin");
        await File.WriteAllTextAsync(token, gateway.TokenOf("admin"));

        var added = await Mao.RunAsync(
            ["account", "add", "three", "--user", "owner", "--account-data", "-", "--json", "--url", gateway.Http.BaseAddress!.ToString(), "--token-file", token],
            """{"key":"k","secret":"very secret"}""");

        added.ExitCode.Should().Be(0, added.Error);
        var shown = await gateway.AsAsync("admin", "account", "show", "three");
        shown.ExitCode.Should().Be(0, shown.Error);
        shown.Output.Should().Contain("hasAccountData\tyes").And.NotContain("very secret");
        added.Output.Should().NotContain("very secret");
    }

    [Fact]
    public async Task A_token_made_by_the_command_line_opens_what_its_scope_says()
    {
        await using var gateway = await Gateway.StartAsync();

        var made = await gateway.AsAsync("owner", "token", "user", "script", "--days", "30", "--json");

        made.ExitCode.Should().Be(0, made.Error);
        var token = (string)JsonNode.Parse(made.Output)!["token"]!;
        (await gateway.SendAsync(HttpMethod.Get, "/clientmt/accounts", token)).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Post, "/clientmt/killswitch", token, """{"reason":"r"}""")).Code.Should().Be(14, "it only reads");
    }

    [Fact]
    public async Task Keys_are_rotated_beside_a_running_gateway_which_goes_on()
    {
        await using var gateway = await Gateway.StartAsync();

        var run = await gateway.OnFolderAsync("", "keys", "rotate", "--json");

        run.ExitCode.Should().Be(0, run.Error);
        ((bool)JsonNode.Parse(run.Output)!["isNew"]!).Should().BeTrue();
        (await gateway.GetAsync("/clientmt/accounts")).Status.Should().Be(200);
        (await gateway.OnFolderAsync("", "token", "service", "monitor")).ExitCode.Should().Be(0);
    }
}
