using MaoApi.Auth.Services;
using MaoApi.Data.Entities;
using MaoApi.Data.Paging;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Admin.Keys;

internal static class ServiceKeyAdministration
{
    private static readonly AdminResource<ServiceKey, AdminServiceKey> Resource = new(
        "servicekeys",
        context => context.ServiceKeys,
        row => new AdminServiceKey(
            row.KeyId, row.Scope, row.Description, row.IsActive, row.Expires, row.Created, row.Rotated, row.PreviousUntil, null, row.Version),
        new ListOrder<ServiceKey>().By("keyId", row => row.KeyId).By("scope", row => row.Scope, row => row.Id)
            .By("created", row => row.Created, row => row.Id));

    public static Task<Answer<ListPage<AdminServiceKey>>> ListAsync(ListServiceKeysRequest request, AdminUnit unit) =>
        unit.ListAsync(Resource, request, request.Filter, rows =>
        {
            rows = request.Filter?.Scope is { } scope ? rows.Where(row => row.Scope == scope) : rows;
            return request.Filter?.Active is { } active ? rows.Where(row => row.IsActive == active) : rows;
        });

    public static Task<Answer<AdminServiceKey>> GetAsync(ServiceKeyRequest request, AdminUnit unit) =>
        unit.GetAsync(Resource, request.KeyId!, row => row.KeyId == request.KeyId);

    public static async Task<Answer<AdminServiceKey>> CreateAsync(CreateServiceKeyRequest request, AdminUnit unit)
    {
        var made = ServiceKeys.Generate();
        var answer = await unit.CreateAsync(Resource, made.KeyId, row => row.KeyId == made.KeyId, async context =>
        {
            if (ServiceScopes.AccountOf(request.Scope!) is { } accountId && !await context.Accounts.AnyAsync(row => row.AccountId == accountId))
            {
                return AdminUnit.Unknown("accounts", accountId);
            }

            unit.Service<ServiceKeys>().Add(context, made, request.Scope!, request.Descr).Expires = request.Expires;
            return null;
        });
        return answer.Map(item => item with { Secret = made.Secret });
    }

    public static async Task<Answer<AdminServiceKey>> UpdateAsync(UpdateServiceKeyRequest request, AdminUnit unit)
    {
        ServiceKeySecret? made = null;
        var answer = await unit.UpdateAsync(Resource, request.KeyId!, row => row.KeyId == request.KeyId, request.Version!.Value, (_, row) =>
        {
            row.Description = request.Descr ?? row.Description;
            row.IsActive = request.Active ?? row.IsActive;
            row.Expires = request.Expires ?? row.Expires;
            made = request.Rotate ? unit.Service<ServiceKeys>().Rotate(row) : null;
            return Task.FromResult<Failure?>(null);
        });
        unit.Service<ServiceKeys>().Drop(request.KeyId!);
        return answer.Map(item => item with { Secret = made?.Secret });
    }

    public static async Task<Answer<Nothing>> DeleteAsync(DeleteServiceKeyRequest request, AdminUnit unit)
    {
        var answer = await unit.DeleteAsync(
            Resource, request.KeyId!, row => row.KeyId == request.KeyId, request.Version!.Value, (_, _) => Task.FromResult<Failure?>(null));
        unit.Service<ServiceKeys>().Drop(request.KeyId!);
        return answer;
    }
}
