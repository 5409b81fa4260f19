using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features.Admin;

public sealed class AdminTradingSystemTests
{
    private const string Create = """{"name":"Swing","params":[{"key":"days","type":"int","default":"5"},{"key":"side","type":"enum","values":["buy","sell"]}]}""";

    [Fact]
    public async Task A_list_tells_how_many_signals_use_a_system_and_what_it_brought_on_average()
    {
        await using var gateway = await Gateway.StartAsync();
        await AdminAsync(gateway, "create", Create);
        await AdminAsync(gateway, "create", """{"name":"Unused"}""");
        gateway.Engine.Answer = request => FakeReply.Done((int)request["data"]!["srvId"]! switch
        {
            4 => """{"signals":[{"system":"Swing","state":"running"},{"system":"Swing","state":"blocked"},{"system":"Swing","state":"completed"}]}""",
            _ => """{"figures":{"totalReturn":0.25}}""",
        });

        var items = (await AdminAsync(gateway, "list", "{}")).Data["items"]!.AsArray();

        items.Select(item => $"{item!["name"]} {item["signals"]} {item["avgReturn"]?.ToJsonString() ?? "null"}")
            .Should().Equal("Swing 4 0.25", "Unused 0 null");
        items[0]!["params"]!.AsArray().Select(parameter => (string)parameter!["key"]!).Should().Equal("days", "side");
    }

    [Fact]
    public async Task A_system_that_signals_use_or_an_engine_might_use_is_not_deleted()
    {
        await using var gateway = await Gateway.StartAsync();
        await AdminAsync(gateway, "create", Create);

        gateway.Engine.Answer = _ => FakeReply.Done("""{"signals":[{"system":"Swing","state":"running"}]}""");
        var used = await AdminAsync(gateway, "delete", """{"name":"Swing","version":1}""");
        gateway.Engine.Answer = _ => FakeReply.Done("""{"something":"else"}""");
        var unknown = await AdminAsync(gateway, "delete", """{"name":"Swing","version":1}""");

        (used.Status, used.Code, (string)used.Body["message"]!).Should().Be((409, 22, "tradingsystems: 2 signal(s) use Swing"));
        (unknown.Status, (string)unknown.Body["message"]!)
            .Should().Be((409, "tradingsystems: an engine did not say whether it uses Swing; try again when it runs"));
    }

    [Fact]
    public async Task Parameters_that_are_sent_take_the_place_of_all_there_were()
    {
        await using var gateway = await Gateway.StartAsync();
        await AdminAsync(gateway, "create", Create);

        var updated = await AdminAsync(gateway, "update", """{"name":"Swing","version":1,"params":[{"key":"days","type":"decimal"}]}""");
        var got = await AdminAsync(gateway, "get", """{"name":"Swing"}""");

        foreach (var reply in new[] { updated, got })
        {
            reply.Data["params"]!.AsArray().Select(parameter => $"{parameter!["key"]} {parameter["type"]}").Should().Equal("days decimal");
            ((long)reply.Data["version"]!).Should().Be(2, "what the caller sees as one thing has changed once");
        }
    }

    [Theory]
    [InlineData("""{"name":"Swing","params":[{"key":"a","type":"int"},{"key":"a","type":"int"}]}""", "params names a twice")]
    [InlineData("""{"name":"Swing","params":[{"key":"a","type":"enum"}]}""", "values belong to an enum, and an enum needs some")]
    [InlineData("""{"name":"Swing","params":[{"key":"a","type":"int","min":2,"max":1}]}""", "max must not be less than min")]
    [InlineData("""{"name":"Swing","pluginFile":"swing.dll"}""", "pluginFile and pluginSha256 belong together")]
    public async Task A_system_that_makes_no_sense_is_refused(string body, string reason)
    {
        await using var gateway = await Gateway.StartAsync();

        var refused = await AdminAsync(gateway, "create", body);

        (refused.Status, refused.Code, (string)refused.Body["message"]!).Should().Be((422, 30, reason));
    }

    private static Task<Reply> AdminAsync(Gateway gateway, string action, string body) =>
        gateway.PostAsync("/admin/tradingsystems/" + action, body, "admin");
}
