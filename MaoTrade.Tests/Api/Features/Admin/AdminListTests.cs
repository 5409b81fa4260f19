using System.Text.Json.Nodes;
using MaoApi.Data.Entities;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Features.Admin;

public sealed class AdminListTests
{
    [Theory]
    [InlineData("epic")]
    [InlineData("-epic")]
    [InlineData("name")]
    [InlineData("-name")]
    public async Task The_pages_of_a_list_are_the_list(string sort)
    {
        await using var gateway = await Gateway.StartAsync();
        await AddAsync(gateway, 23);

        var pages = await PagesAsync(gateway, sort, 5);

        // Two and three symbols share a name: the order within them must hold from page to page, too.
        var epics = pages.SelectMany(page => page).ToList();
        epics.Should().HaveCount(23).And.OnlyHaveUniqueItems();
        pages.Select(page => page.Count).Should().Equal(5, 5, 5, 5, 3);
        if (sort.EndsWith("epic", StringComparison.Ordinal))
        {
            epics.Should().Equal(sort[0] == '-' ? epics.OrderDescending(StringComparer.Ordinal) : epics.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_row_added_or_deleted_meanwhile_neither_repeats_nor_hides_another()
    {
        await using var gateway = await Gateway.StartAsync();
        await AddAsync(gateway, 10);
        var first = await PageAsync(gateway, """{"limit":4}""");

        await using (var context = gateway.Database())
        {
            context.Add(new Symbol { Epic = "S000", Name = "before all", IsEnabled = true });
            context.Remove(context.Symbols.Single(row => row.Epic == "S003"));
            await context.SaveChangesAsync();
        }

        var second = await PageAsync(gateway, $$"""{"limit":4,"cursor":"{{first.Cursor}}"}""");
        first.Epics.Should().Equal("S001", "S002", "S003", "S004");
        second.Epics.Should().Equal("S005", "S006", "S007", "S008");
    }

    [Fact]
    public async Task A_page_that_ends_with_the_list_has_no_cursor()
    {
        await using var gateway = await Gateway.StartAsync();
        await AddAsync(gateway, 4);

        (await PageAsync(gateway, """{"limit":4}""")).Cursor.Should().BeNull();
        (await PageAsync(gateway, """{"limit":3}""")).Cursor.Should().NotBeNull();
    }

    [Fact]
    public async Task A_cursor_changed_anywhere_or_used_for_another_list_is_refused()
    {
        await using var gateway = await Gateway.StartAsync();
        await AddAsync(gateway, 3);
        var cursor = (await PageAsync(gateway, """{"limit":1,"sort":"name"}""")).Cursor!;
        List<string> bodies =
        [
            $$"""{"limit":1,"cursor":"{{cursor}}"}""",
            $$"""{"limit":1,"sort":"-name","cursor":"{{cursor}}"}""",
            $$"""{"limit":1,"sort":"name","filter":{"enabled":true},"cursor":"{{cursor}}"}""",
        ];

        // The last character carries bits that decode to nothing: every other one must count.
        bodies.AddRange(Enumerable.Range(0, cursor.Length - 1).Select(place =>
            $$"""{"limit":1,"sort":"name","cursor":"{{cursor[..place]}}{{(cursor[place] == 'A' ? 'B' : 'A')}}{{cursor[(place + 1)..]}}"}"""));

        foreach (var body in bodies)
        {
            var reply = await gateway.PostAsync("/admin/symbols/list", body, "admin");
            (reply.Status, reply.Code, (string?)reply.Data["errors"]?[0]?["field"]).Should().Be((422, 30, "cursor"), body);
        }

        (await gateway.PostAsync("/admin/brokers/list", $$"""{"sort":"name","cursor":"{{cursor}}"}""", "admin")).Code.Should().Be(30);
        (await PageAsync(gateway, $$"""{"limit":1,"sort":"name","cursor":"{{cursor}}"}""")).Epics.Should().ContainSingle();
    }

    [Fact]
    public async Task A_filter_lets_through_what_it_names()
    {
        await using var gateway = await Gateway.StartAsync();

        var mine = await gateway.PostAsync("/admin/accounts/list", """{"filter":{"userId":"owner"}}""", "admin");
        var viewers = await gateway.PostAsync("/admin/roles/list", """{"filter":{"accountId":"one"},"sort":"-userId"}""", "admin");
        var blocked = await gateway.PostAsync("/admin/users/list", """{"filter":{"status":2}}""", "admin");

        Texts(mine, "accountId").Should().Equal("one");
        Texts(viewers, "userId").Should().Equal("viewer", "owner");
        Texts(blocked, "userId").Should().Equal("blocked");
    }

    private static IEnumerable<string> Texts(Reply reply, string member) =>
        reply.Data["items"]!.AsArray().Select(item => (string)item![member]!);

    private static async Task AddAsync(Gateway gateway, int count)
    {
        await using var context = gateway.Database();
        context.AddRange(Enumerable.Range(1, count).Select(n => new Symbol { Epic = $"S{n:000}", Name = $"N{n % 7}", IsEnabled = true }));
        await context.SaveChangesAsync();
    }

    private static async Task<List<List<string>>> PagesAsync(Gateway gateway, string sort, int limit)
    {
        var pages = new List<List<string>>();
        string? cursor = null;
        do
        {
            var body = new JsonObject { ["sort"] = sort, ["limit"] = limit, ["cursor"] = cursor };
            var page = await PageAsync(gateway, body.ToJsonString());
            pages.Add([.. page.Epics]);
            cursor = page.Cursor;
        }
        while (cursor is not null && pages.Count < 100);
        return pages;
    }

    private static async Task<(IReadOnlyList<string> Epics, string? Cursor)> PageAsync(Gateway gateway, string body)
    {
        var reply = await gateway.PostAsync("/admin/symbols/list", body, "admin");
        reply.Code.Should().Be(0, reply.Body.ToJsonString());
        return ([.. Texts(reply, "epic")], (string?)reply.Data["cursor"]);
    }
}
