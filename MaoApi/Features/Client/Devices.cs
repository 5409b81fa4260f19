using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Client;

public sealed record DeviceRequest
{
    /// <summary>The device's own name of itself.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1)]
    public string? DeviceId { get; init; }

    /// <summary>Registration token of the push service; null = it has none now.</summary>
    [StringLength(4096, MinimumLength = 1)]
    public string? Token { get; init; }

    [Required]
    [AllowedValues("android", "ios", "web")]
    public string? Platform { get; init; }

    [StringLength(100)]
    public string? Brand { get; init; }

    [StringLength(100)]
    public string? Model { get; init; }

    /// <summary>Whether the user wants push messages here.</summary>
    public bool Push { get; init; } = true;
}

/// <summary>A device as its user sees it; its token stays here.</summary>
/// <param name="DeviceId">The device's own name of itself.</param>
/// <param name="Platform"><c>android</c>, <c>ios</c> or <c>web</c>.</param>
/// <param name="Brand">Who made it.</param>
/// <param name="Model">What it is called.</param>
/// <param name="Push">Whether the user wants push messages here.</param>
/// <param name="Registered">Whether it has a token that is good as far as is known.</param>
internal sealed record DeviceView(string DeviceId, string Platform, string? Brand, string? Model, bool Push, bool Registered)
{
    public static DeviceView Of(Device device) =>
        new(device.DeviceId, device.Platform, device.Brand, device.Model, device.WantsPush, device.PushToken is not null);
}

internal static class Devices
{
    private const int MostDevices = 20;

    public static async Task<Answer<ItemList<DeviceView>>> ListAsync(
        Caller caller, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var devices = await context.Devices.AsNoTracking().Where(row => row.UserKey == caller.UserKey).OrderBy(row => row.DeviceId)
            .ToListAsync(cancellationToken);
        return new ItemList<DeviceView>([.. devices.Select(DeviceView.Of)]);
    }

    public static async Task<Answer<DeviceView>> PutAsync(
        DeviceRequest request, Caller caller, IDbContextFactory<MaoHomeContext> contexts, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Should the answer to a commit be lost, all is done again and leaves the same.
        return await context.InTransactionAsync(
            async () =>
            {
                var answer = await StoreAsync(context, request, caller, time, cancellationToken);
                return (answer, !answer.IsFailure);
            },
            () => Task.FromResult(false),
            cancellationToken);
    }

    public static async Task<Answer<Nothing>> RemoveAsync(
        string deviceId, Caller caller, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var removed = await context.Devices.Where(row => row.UserKey == caller.UserKey && row.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken);
        return removed == 0 ? new Failure(ApiCodes.EngineNotFound, "unknown device") : new Nothing();
    }

    private static async Task<Answer<DeviceView>> StoreAsync(
        MaoHomeContext context, DeviceRequest request, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var device = await context.Devices.SingleOrDefaultAsync(row => row.UserKey == caller.UserKey && row.DeviceId == request.DeviceId, cancellationToken);
        if (device is null)
        {
            if (await context.Devices.CountAsync(row => row.UserKey == caller.UserKey, cancellationToken) >= MostDevices)
            {
                return Failure.Invalid("deviceId", "invalid", $"a user has at most {MostDevices} devices");
            }

            device = new Device { UserKey = caller.UserKey, DeviceId = request.DeviceId!, Created = time.GetUtcNow() };
            context.Add(device);
        }

        device.PushToken = request.Token;
        device.IsPushRegistered = request.Token is not null;
        device.Platform = request.Platform!;
        device.Brand = request.Brand;
        device.Model = request.Model;
        device.WantsPush = request.Push;
        device.Modified = time.GetUtcNow();
        if (request.Token is { } token)
        {
            // A device that changes hands takes its token along: its former user's messages must not reach it.
            await context.Devices.Where(row => row.PushToken == token && row.UserKey != caller.UserKey)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(other => other.PushToken, (string?)null).SetProperty(other => other.IsPushRegistered, false), cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        return DeviceView.Of(device);
    }
}
