using System.Text.Json.Nodes;
using MaoApi.Data;
using MaoApi.Data.History;
using MaoTrade.Tests.Api.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Features.Admin;

/// <summary>What every resource of administrators does alike.</summary>
public sealed class AdminResourceTests
{
    /// <summary>Name, its key, a body that creates one, a change, and how the change shows.</summary>
    public static TheoryData<string, string, string, string, string> Resources => new()
    {
        { "accounts", """{"accountId":"three"}""", """{"accountId":"three","descr":"Three","userId":"owner","brokerCode":"paper"}""", """{"descr":"Drei"}""", "descr" },
        { "users", """{"userId":"ada"}""", """{"userId":"ada","displayName":"Ada","email":"ada@localhost"}""", """{"displayName":"Ada L."}""", "displayName" },
        { "brokers", """{"code":"ig"}""", """{"code":"ig","name":"IG","amclass":"Ig","config":{"a":1}}""", """{"name":"IG Markets"}""", "name" },
        { "symbols", """{"epic":"GER40"}""", """{"epic":"GER40","name":"DAX"}""", """{"name":"DAX 40"}""", "name" },
        {
            "epics", """{"epic":"EURUSD","brokerCode":"paper"}""",
            """{"epic":"EURUSD","brokerCode":"paper","brokerEpic":"EUR/USD","minQty":1,"maxQty":10,"qtyStep":1,"priceStep":0.00001,"currency":"USD"}""",
            """{"feeRate":0.001}""", "feeRate"
        },
        {
            "tradingsystems", """{"name":"Swing"}""",
            """{"name":"Swing","params":[{"key":"days","type":"int","required":true,"default":"5","min":1,"max":9}]}""",
            """{"description":"swings"}""", "description"
        },
        { "roles", """{"accountId":"two","userId":"viewer"}""", """{"accountId":"two","userId":"viewer","role":"viewer"}""", """{"role":"owner"}""", "role" },
        { "flags", """{"name":"batch_updates"}""", """{"name":"batch_updates","enabled":true,"percent":10}""", """{"percent":50}""", "percent" },
        {
            "studies", """{"studyId":"cross"}""",
            """{"studyId":"cross","name":"Cross","kind":"ratio","tickers":["AAA","BBB"],"timeFrame":86400,"schedule":"0 22 * * 1-5 Europe/Rome"}""",
            """{"name":"Cross rate"}""", "name"
        },
        { "feeds", """{"name":"ecb"}""", """{"name":"ecb","address":"https://news.test/ecb.xml","type":"rates"}""", """{"type":"central-banks"}""", "type" },
    };

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Lives_from_its_creation_to_its_end(string resource, string key, string body, string change, string changed)
    {
        await using var gateway = await StartAsync();

        var created = await PostAsync(gateway, resource, "create", body);
        (created.Status, created.Code).Should().Be((200, 0), created.Body.ToJsonString());
        ((long)created.Data["version"]!).Should().Be(1);
        AssertContains(created.Data, key);
        var again = await PostAsync(gateway, resource, "create", body);
        (again.Status, again.Code).Should().Be((409, 22));

        var got = await PostAsync(gateway, resource, "get", key);
        got.Data.ToJsonString().Should().Be(created.Data.ToJsonString());
        var listed = await PostAsync(gateway, resource, "list", """{"limit":200}""");
        listed.Data["items"]!.AsArray().Should().ContainSingle(item => Matches(item!, key));

        var updated = await PostAsync(gateway, resource, "update", With(key, change, 1));
        (updated.Status, (long)updated.Data["version"]!).Should().Be((200, 2), updated.Body.ToJsonString());
        updated.Data[changed]!.ToJsonString().Should().Be(JsonNode.Parse(change)![changed]!.ToJsonString());
        var lost = await PostAsync(gateway, resource, "update", With(key, change, 1));
        (lost.Status, lost.Code).Should().Be((409, 22), "the version is no longer 1");

        (await PostAsync(gateway, resource, "delete", With(key, "{}", 1))).Code.Should().Be(22, "the version is no longer 1");
        (await PostAsync(gateway, resource, "delete", With(key, "{}", 2))).Code.Should().Be(0);
        var gone = await PostAsync(gateway, resource, "get", key);
        (gone.Status, gone.Code).Should().Be((404, 20));
        (await PostAsync(gateway, resource, "update", With(key, change, 2))).Code.Should().Be(20);
        (await PostAsync(gateway, resource, "delete", With(key, "{}", 2))).Code.Should().Be(20);
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Remembers_who_changed_what(string resource, string key, string body, string change, string changed)
    {
        await using var gateway = await StartAsync();

        await PostAsync(gateway, resource, "create", body);
        await PostAsync(gateway, resource, "update", With(key, change, 1));
        await PostAsync(gateway, resource, "update", With(key, change, 1));
        await PostAsync(gateway, resource, "delete", With(key, "{}", 2));

        var audit = (await gateway.PostAsync("/admin/audit/list", $$"""{"filter":{"what":"{{resource}}/"},"sort":"at"}""", "admin"))
            .Data["items"]!.AsArray();
        audit.Select(entry => (string)entry!["what"]!).Should().Equal($"{resource}/create", $"{resource}/update", $"{resource}/delete");
        audit.Should().OnlyContain(entry => (string)entry!["who"]! == "admin" && (string)entry["ip"]! == "127.0.0.1");
        (audit[0]!["before"], audit[2]!["after"]).Should().Be((null, null));
        audit[1]!["before"]![changed]?.ToJsonString().Should().NotBe(audit[1]!["after"]![changed]!.ToJsonString());
        audit[1]!["after"]!.ToJsonString().Should().Be(audit[2]!["before"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Names_what_is_wrong_with_a_request(string resource, string key, string body, string change, string changed)
    {
        _ = (change, changed);
        await using var gateway = await StartAsync();
        string[] bad =
        [
            """{"limit":0}""", """{"limit":201}""", """{"sort":"nothing"}""", """{"cursor":"forged"}""", """{"filter":{"nothing":1}}""", """{"offset":1}""",
        ];
        foreach (var request in bad)
        {
            var refused = await PostAsync(gateway, resource, "list", request);
            (refused.Status, refused.Code).Should().Be((422, 30), request);
            refused.Data["errors"]!.AsArray().Should().NotBeEmpty();
        }

        (await PostAsync(gateway, resource, "get", "{}")).Code.Should().Be(30);
        (await PostAsync(gateway, resource, "create", "{}")).Code.Should().Be(30);
        (await PostAsync(gateway, resource, "update", key)).Data["errors"]!.AsArray()
            .Should().Contain(error => (string)error!["field"]! == "version");
        (await PostAsync(gateway, resource, "delete", key)).Code.Should().Be(30);
        var unknown = JsonNode.Parse(body)!.AsObject();
        unknown["colour"] = "red";
        var refusal = await PostAsync(gateway, resource, "create", unknown.ToJsonString());
        (refusal.Status, (string)refusal.Data["errors"]![0]!["field"]!).Should().Be((422, "colour"));
        await using var context = gateway.Database();
        (await context.Audit.AnyAsync()).Should().BeFalse("nothing was changed");
    }

    internal static async Task<Gateway> StartAsync()
    {
        var gateway = await Gateway.StartAsync();
        gateway.Engine.Answer = _ => FakeReply.Done("""{"signals":[]}""");
        await PostAsync(gateway, "symbols", "create", """{"epic":"EURUSD","name":"Euro / US dollar"}""");
        await using var history = gateway.App.Services.GetRequiredService<IDbContextFactory<MaoDataContext>>().CreateDbContext();
        history.AddRange(new[] { "AAA", "BBB" }.Select(symbol => new Ticker { Symbol = symbol, Name = symbol, Source = TickerSources.Store, IsEnabled = true }));
        await history.SaveChangesAsync();
        await using var context = gateway.Database();
        await context.Audit.ExecuteDeleteAsync();
        return gateway;
    }

    internal static Task<Reply> PostAsync(Gateway gateway, string resource, string action, string body) =>
        gateway.PostAsync($"/admin/{resource}/{action}", body, "admin");

    internal static string With(string key, string change, long version)
    {
        var body = JsonNode.Parse(key)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        body["version"] = version;
        return body.ToJsonString();
    }

    private static void AssertContains(JsonNode item, string key) => Matches(item, key).Should().BeTrue(item.ToJsonString());

    private static bool Matches(JsonNode item, string key) =>
        JsonNode.Parse(key)!.AsObject().All(member => JsonNode.DeepEquals(item[member.Key], member.Value));
}
