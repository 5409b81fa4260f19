using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.TradingSystems;

internal static class TradingSystemAdministration
{
    private static readonly AdminResource<TradingSystem, AdminTradingSystem> Resource = new(
        "tradingsystems",
        context => context.TradingSystems.Include(row => row.Parameters.OrderBy(parameter => parameter.Position)),
        row => new AdminTradingSystem(
            row.Name,
            row.Description,
            row.IsActive,
            row.PluginFile,
            row.PluginSha256,
            [.. row.Parameters.OrderBy(parameter => parameter.Position).Select(AdminParameter.Of)],
            null,
            null,
            row.Created,
            row.Modified,
            row.Version),
        new ListOrder<TradingSystem>().By("name", row => row.Name).By("modified", row => row.Modified, row => row.Id));

    public static async Task<Answer<ListPage<AdminTradingSystem>>> ListAsync(
        ListTradingSystemsRequest request, AdminUnit unit, CancellationToken cancellationToken)
    {
        var answer = await unit.ListAsync(Resource, request, request.Filter, rows =>
            request.Filter?.Active is { } active ? rows.Where(row => row.IsActive == active) : rows);
        if (answer.IsFailure)
        {
            return answer;
        }

        var use = await SignalUse.AskAsync(unit, withReturns: true, cancellationToken);
        return answer.Map(page => page with
        {
            Items = [.. page.Items.Select(item => item with
            {
                Signals = use.SignalsOf(item.Name),
                AvgReturn = use.AverageReturnOf(item.Name),
            })],
        });
    }

    public static Task<Answer<AdminTradingSystem>> GetAsync(TradingSystemKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.Name!, row => row.Name == request.Name);

    public static Task<Answer<AdminTradingSystem>> CreateAsync(CreateTradingSystemRequest request, AdminUnit unit) =>
        unit.CreateAsync(Resource, request.Name!, row => row.Name == request.Name, context =>
        {
            var row = new TradingSystem { Name = request.Name!, IsActive = true, Created = unit.Now };
            Change(unit, row, request);
            context.Add(row);
            return Task.FromResult<Failure?>(null);
        });

    public static Task<Answer<AdminTradingSystem>> UpdateAsync(UpdateTradingSystemRequest request, AdminUnit unit) =>
        unit.UpdateAsync(Resource, request.Name!, row => row.Name == request.Name, request.Version!.Value, async (context, row) =>
        {
            if (request.Params is not null)
            {
                // Away before the new ones come: a parameter that keeps its name would meet itself.
                context.RemoveRange(row.Parameters);
                row.Parameters.Clear();
                await context.SaveChangesAsync();
            }

            Change(unit, row, request);
            return null;
        });

    public static async Task<Answer<Nothing>> DeleteAsync(
        DeleteTradingSystemRequest request, AdminUnit unit, CancellationToken cancellationToken)
    {
        var use = await SignalUse.AskAsync(unit, withReturns: false, cancellationToken);
        return await unit.DeleteAsync(Resource, request.Name!, row => row.Name == request.Name, request.Version!.Value, (_, row) =>
            Task.FromResult(use.SignalsOf(row.Name) switch
            {
                > 0 and var signals => AdminUnit.InUse($"tradingsystems: {signals} signal(s) use {row.Name}"),
                _ when !use.IsWhole => AdminUnit.InUse($"tradingsystems: an engine did not say whether it uses {row.Name}; try again when it runs"),
                _ => null,
            }));
    }

    private static void Change(AdminUnit unit, TradingSystem row, TradingSystemChange change)
    {
        row.Description = change.Description ?? row.Description;
        row.IsActive = change.Active ?? row.IsActive;
        row.PluginFile = change.PluginFile ?? row.PluginFile;
        row.PluginSha256 = change.PluginSha256 ?? row.PluginSha256;
        row.Modified = unit.Now;
        row.Parameters.AddRange(change.Params?.Select((parameter, position) => parameter.ToRow(position)) ?? []);
    }
}
