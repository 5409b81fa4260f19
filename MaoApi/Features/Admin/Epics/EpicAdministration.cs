using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Epics;

internal static class EpicAdministration
{
    private static readonly AdminResource<BrokerSymbol, AdminEpic> Resource = new(
        "epics",
        context => context.BrokerSymbols.Include(row => row.Symbol).Include(row => row.Broker),
        row => new AdminEpic(
            row.Symbol!.Epic,
            row.Broker!.Code,
            row.BrokerEpic,
            row.MinQty,
            row.MaxQty,
            row.QtyStep,
            row.PriceStep,
            row.FeeRate,
            row.MarginRate,
            row.Currency,
            row.Version),
        new ListOrder<BrokerSymbol>().By("epic", row => row.Symbol!.Epic, row => row.Id).By("brokerEpic", row => row.BrokerEpic, row => row.Id));

    public static Task<Answer<ListPage<AdminEpic>>> ListAsync(ListEpicsRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.Epic is { } epic ? rows.Where(row => row.Symbol!.Epic == epic) : rows;
            return request.Filter?.BrokerCode is { } code ? rows.Where(row => row.Broker!.Code == code) : rows;
        });

    public static Task<Answer<AdminEpic>> GetAsync(EpicKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.Name, row => row.Symbol!.Epic == request.Epic && row.Broker!.Code == request.BrokerCode);

    public static Task<Answer<AdminEpic>> CreateAsync(CreateEpicRequest request, AdminUnit unit) =>
        unit.CreateAsync(
            Resource,
            request.Name,
            row => row.Symbol!.Epic == request.Epic && row.Broker!.Code == request.BrokerCode,
            async context =>
            {
                var symbol = await context.Symbols.SingleOrDefaultAsync(row => row.Epic == request.Epic);
                var broker = await context.Brokers.SingleOrDefaultAsync(row => row.Code == request.BrokerCode);
                if (symbol is null || broker is null)
                {
                    return symbol is null ? AdminUnit.Unknown("symbols", request.Epic!) : AdminUnit.Unknown("brokers", request.BrokerCode!);
                }

                context.Add(new BrokerSymbol
                {
                    Symbol = symbol,
                    Broker = broker,
                    BrokerEpic = request.BrokerEpic!,
                    MinQty = request.MinQty!.Value,
                    MaxQty = request.MaxQty!.Value,
                    QtyStep = request.QtyStep!.Value,
                    PriceStep = request.PriceStep!.Value,
                    FeeRate = request.FeeRate ?? 0,
                    MarginRate = request.MarginRate ?? 1,
                    Currency = request.Currency!,
                });
                return null;
            });

    public static Task<Answer<AdminEpic>> UpdateAsync(UpdateEpicRequest request, AdminUnit unit) =>
        unit.UpdateAsync(
            Resource,
            request.Name,
            row => row.Symbol!.Epic == request.Epic && row.Broker!.Code == request.BrokerCode,
            request.Version!.Value,
            (_, row) => Task.FromResult(Change(request, row)));

    public static Task<Answer<Nothing>> DeleteAsync(DeleteEpicRequest request, AdminUnit unit) =>
        unit.DeleteAsync(
            Resource,
            request.Name,
            row => row.Symbol!.Epic == request.Epic && row.Broker!.Code == request.BrokerCode,
            request.Version!.Value,
            (_, _) => Task.FromResult<Failure?>(null));

    private static Failure? Change(UpdateEpicRequest request, BrokerSymbol row)
    {
        row.BrokerEpic = request.BrokerEpic ?? row.BrokerEpic;
        row.MinQty = request.MinQty ?? row.MinQty;
        row.MaxQty = request.MaxQty ?? row.MaxQty;
        row.QtyStep = request.QtyStep ?? row.QtyStep;
        row.PriceStep = request.PriceStep ?? row.PriceStep;
        row.FeeRate = request.FeeRate ?? row.FeeRate;
        row.MarginRate = request.MarginRate ?? row.MarginRate;
        row.Currency = request.Currency ?? row.Currency;
        return row.MinQty > row.MaxQty
            ? Failure.Invalid("maxQty", "invalid", $"maxQty {row.MaxQty} would be less than minQty {row.MinQty}")
            : null;
    }
}
