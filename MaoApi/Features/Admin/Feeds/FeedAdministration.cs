using System.Text.RegularExpressions;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using MaoApi.Outbound;

namespace MaoApi.Features.Admin.Feeds;

internal static partial class FeedAdministration
{
    private static readonly AdminResource<Feed, AdminFeed> Resource = new(
        "feeds",
        context => context.Feeds,
        row => new AdminFeed(
            row.Name, row.Address, row.Type, row.IsEnabled, row.Checked, row.LastResult, row.Failures, row.Created, row.Modified, row.Version),
        new ListOrder<Feed>().By("name", row => row.Name).By("modified", row => row.Modified, row => row.Id));

    public static Task<Answer<ListPage<AdminFeed>>> ListAsync(ListFeedsRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.Enabled is { } enabled ? rows.Where(row => row.IsEnabled == enabled) : rows;
            return request.Filter?.Type is { } type ? rows.Where(row => row.Type == type) : rows;
        });

    public static Task<Answer<AdminFeed>> GetAsync(FeedKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.Name!, row => row.Name == request.Name);

    public static Task<Answer<AdminFeed>> CreateAsync(CreateFeedRequest request, AdminUnit unit) =>
        unit.CreateAsync(Resource, request.Name!, row => row.Name == request.Name, context =>
        {
            context.Add(new Feed
            {
                Name = request.Name!,
                Address = request.Address!,
                Type = request.Type,
                IsEnabled = request.Enabled,
                Created = unit.Now,
                Modified = unit.Now,
            });
            return Task.FromResult(Problem(unit, request.Address!));
        });

    public static Task<Answer<AdminFeed>> UpdateAsync(ChangeFeedRequest request, AdminUnit unit) =>
        unit.UpdateAsync(Resource, request.Name!, row => row.Name == request.Name, request.Version!.Value, (_, row) =>
        {
            if (request.Address is { } address && address != row.Address)
            {
                // What the server before called its answers means nothing here.
                (row.Address, row.EntityTag, row.LastModified, row.Failures) = (address, null, null, 0);
            }

            row.Type = request.Type ?? row.Type;
            row.IsEnabled = request.Enabled ?? row.IsEnabled;
            row.Modified = unit.Now;
            return Task.FromResult(Problem(unit, row.Address));
        });

    public static Task<Answer<Nothing>> DeleteAsync(DeleteFeedRequest request, AdminUnit unit) =>
        unit.DeleteAsync(
            Resource, request.Name!, row => row.Name == request.Name, request.Version!.Value, (_, _) => Task.FromResult<Failure?>(null));

    private static Failure? Problem(AdminUnit unit, string address)
    {
        if (FileName().IsMatch(address) || unit.Service<OutboundRules>().Read(address, out var problem) is not null)
        {
            return null;
        }

        return Failure.Invalid("address", "invalid", $"address is the name of a .xml file in the folder feeds, or an https address: {problem}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}\.xml\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex FileName();
}
