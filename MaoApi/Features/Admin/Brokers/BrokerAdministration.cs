using System.Text.Json;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Brokers;

internal static class BrokerAdministration
{
    private static readonly AdminResource<Broker, AdminBroker> Resource = new(
        "brokers",
        context => context.Brokers,
        row => new AdminBroker(row.Code, row.Name, row.ManagerClass, JsonElement.Parse(row.Config), row.Version),
        new ListOrder<Broker>().By("code", row => row.Code).By("name", row => row.Name, row => row.Id));

    public static Task<Answer<ListPage<AdminBroker>>> ListAsync(ListBrokersRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
            request.Filter?.Amclass is { } name ? rows.Where(row => row.ManagerClass == name) : rows);

    public static Task<Answer<AdminBroker>> GetAsync(BrokerKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.Code!, row => row.Code == request.Code);

    public static Task<Answer<AdminBroker>> CreateAsync(CreateBrokerRequest request, AdminUnit unit) =>
        unit.CreateAsync(Resource, request.Code!, row => row.Code == request.Code, context =>
        {
            context.Add(new Broker
            {
                Code = request.Code!,
                Name = request.Name!,
                ManagerClass = request.Amclass!,
                Config = AdminJson.Text(request.Config) ?? "{}",
            });
            return Task.FromResult<Failure?>(null);
        });

    public static Task<Answer<AdminBroker>> UpdateAsync(UpdateBrokerRequest request, AdminUnit unit) =>
        unit.UpdateAsync(Resource, request.Code!, row => row.Code == request.Code, request.Version!.Value, (_, row) =>
        {
            row.Name = request.Name ?? row.Name;
            row.ManagerClass = request.Amclass ?? row.ManagerClass;
            row.Config = AdminJson.Text(request.Config) ?? row.Config;
            return Task.FromResult<Failure?>(null);
        });

    public static Task<Answer<Nothing>> DeleteAsync(DeleteBrokerRequest request, AdminUnit unit) =>
        unit.DeleteAsync(Resource, request.Code!, row => row.Code == request.Code, request.Version!.Value, async (context, row) =>
        {
            if (await context.Accounts.CountAsync(account => account.BrokerKey == row.Id) is > 0 and var accounts)
            {
                return AdminUnit.InUse($"brokers: {row.Code} is the broker of {accounts} account(s)");
            }

            return await context.BrokerSymbols.CountAsync(symbol => symbol.BrokerKey == row.Id) is > 0 and var epics
                ? AdminUnit.InUse($"brokers: {row.Code} has {epics} epic(s)")
                : null;
        });
}
