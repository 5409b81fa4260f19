namespace MaoApi.Features.Admin.Feeds;

internal static class FeedRoutes
{
    private const string Item =
        """{"name":"ecb","address":"https://www.ecb.europa.eu/rss/press.html","type":"rates","enabled":true,"checked":"2026-11-21T10:15:00.000Z","lastResult":"15 items, 2 new","failures":0,"created":"2026-11-21T10:00:00.000Z","modified":"2026-11-21T10:00:00.000Z","version":1}""";

    public static void MapFeeds(this RouteGroupBuilder admin)
    {
        admin.MapPost("/feeds/list", FeedAdministration.ListAsync)
            .DescribeList("Feeds of news with what came of reading them last, page by page", """{"filter":{"enabled":true}}""", Item);
        admin.MapPost("/feeds/get", FeedAdministration.GetAsync).DescribeGet("One feed", """{"name":"ecb"}""", Item);
        admin.MapPost("/feeds/create", FeedAdministration.CreateAsync)
            .DescribeCreate(
                "A new feed, RSS or Atom, at an https address or in a file of the data folder",
                """{"name":"ecb","address":"https://www.ecb.europa.eu/rss/press.html","type":"rates"}""",
                Item);
        admin.MapPost("/feeds/update", FeedAdministration.UpdateAsync)
            .DescribeUpdate("Changes a feed; what is left out stays", """{"name":"ecb","version":1,"enabled":false}""", Item);
        admin.MapPost("/feeds/delete", FeedAdministration.DeleteAsync)
            .DescribeDelete("Deletes a feed; its news stay", """{"name":"ecb","version":1}""");
    }
}
