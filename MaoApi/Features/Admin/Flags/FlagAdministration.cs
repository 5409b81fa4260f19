using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;

namespace MaoApi.Features.Admin.Flags;

internal static class FlagAdministration
{
    private static readonly AdminResource<Flag, AdminFlag> Resource = new(
        "flags",
        context => context.Flags,
        row => new AdminFlag(row.Name, row.Description, row.IsEnabled, row.Percent, row.Modified, row.Version),
        new ListOrder<Flag>().By("name", row => row.Name));

    public static Task<Answer<ListPage<AdminFlag>>> ListAsync(ListFlagsRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
            request.Filter?.Enabled is { } enabled ? rows.Where(row => row.IsEnabled == enabled) : rows);

    public static Task<Answer<AdminFlag>> GetAsync(FlagKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.Name!, row => row.Name == request.Name);

    public static Task<Answer<AdminFlag>> CreateAsync(CreateFlagRequest request, AdminUnit unit) =>
        unit.CreateAsync(Resource, request.Name!, row => row.Name == request.Name, context =>
        {
            context.Add(new Flag
            {
                Name = request.Name!,
                Description = request.Descr,
                IsEnabled = request.Enabled,
                Percent = request.Percent,
                Modified = unit.Now,
            });
            return Task.FromResult<Failure?>(null);
        });

    public static Task<Answer<AdminFlag>> UpdateAsync(UpdateFlagRequest request, AdminUnit unit) =>
        unit.UpdateAsync(Resource, request.Name!, row => row.Name == request.Name, request.Version!.Value, (_, row) =>
        {
            row.Description = request.Descr ?? row.Description;
            row.IsEnabled = request.Enabled ?? row.IsEnabled;
            row.Percent = request.Percent ?? row.Percent;
            row.Modified = unit.Now;
            return Task.FromResult<Failure?>(null);
        });

    public static Task<Answer<Nothing>> DeleteAsync(DeleteFlagRequest request, AdminUnit unit) =>
        unit.DeleteAsync(
            Resource, request.Name!, row => row.Name == request.Name, request.Version!.Value, (_, _) => Task.FromResult<Failure?>(null));
}
