using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Symbols;

internal static class SymbolAdministration
{
    private static readonly AdminResource<Symbol, AdminSymbol> Resource = new(
        "symbols",
        context => context.Symbols,
        row => new AdminSymbol(row.Epic, row.DataEpic, row.Name, row.IsEnabled, row.SessionKey, row.Version),
        new ListOrder<Symbol>().By("epic", row => row.Epic).By("name", row => row.Name, row => row.Id));

    public static Task<Answer<ListPage<AdminSymbol>>> ListAsync(ListSymbolsRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.Enabled is { } enabled ? rows.Where(row => row.IsEnabled == enabled) : rows;
            return request.Filter?.Epic is { } epic ? rows.Where(row => row.Epic.StartsWith(epic)) : rows;
        });

    public static Task<Answer<AdminSymbol>> GetAsync(SymbolKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.Epic!, row => row.Epic == request.Epic);

    public static Task<Answer<AdminSymbol>> CreateAsync(CreateSymbolRequest request, AdminUnit unit) =>
        unit.CreateAsync(Resource, request.Epic!, row => row.Epic == request.Epic, context =>
        {
            context.Add(new Symbol
            {
                Epic = request.Epic!,
                DataEpic = string.IsNullOrEmpty(request.EpicData) ? null : request.EpicData,
                Name = request.Name!,
                IsEnabled = request.Enabled,
                SessionKey = request.SessionId,
            });
            return Task.FromResult<Failure?>(null);
        });

    public static Task<Answer<AdminSymbol>> UpdateAsync(UpdateSymbolRequest request, AdminUnit unit) =>
        unit.UpdateAsync(Resource, request.Epic!, row => row.Epic == request.Epic, request.Version!.Value, (_, row) =>
        {
            row.DataEpic = request.EpicData switch
            {
                null => row.DataEpic,
                "" => null,
                var epic => epic,
            };
            row.Name = request.Name ?? row.Name;
            row.IsEnabled = request.Enabled ?? row.IsEnabled;
            row.SessionKey = request.SessionId ?? row.SessionKey;
            return Task.FromResult<Failure?>(null);
        });

    public static Task<Answer<Nothing>> DeleteAsync(DeleteSymbolRequest request, AdminUnit unit) =>
        unit.DeleteAsync(Resource, request.Epic!, row => row.Epic == request.Epic, request.Version!.Value, async (context, row) =>
        {
            var brokers = await context.BrokerSymbols.Where(symbol => symbol.SymbolKey == row.Id)
                .Select(symbol => symbol.Broker!.Code).OrderBy(code => code).ToListAsync();
            return brokers.Count > 0 ? AdminUnit.InUse($"symbols: {row.Epic} can be traded at {string.Join(", ", brokers)}") : null;
        });
}
