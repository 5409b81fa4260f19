using MaoApi.Auth;
using MaoApi.Auth.Services;
using MaoApi.Data.Entities;
using MaoApi.Secrets;
using MaoTrade.Tests.Api.Auth.Services;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Secrets;

public sealed class SecretRotationTests
{
    [Fact]
    public async Task Everything_is_encrypted_with_a_new_key_and_still_opens()
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(clock);
        await StoreAsync(gateway, "one", """{"key":"k1"}""");
        await StoreAsync(gateway, "two", """{"key":"k2"}""");
        await RotateServiceKeyAsync(gateway);
        var ring = gateway.App.Services.GetRequiredService<KeyRing>();
        var old = ring.Current;
        clock.Advance(TimeSpan.FromSeconds(1));

        var report = await RotateAsync(gateway);

        ring.Current.Id.Should().NotBe(old.Id);
        report.Should().BeEquivalentTo(new { KeyId = ring.Current.Id, IsNew = true, Encrypted = 2 + 3 + 1 });
        (await StoredAsync(gateway)).Should().HaveCount(6).And.OnlyContain(text => SecretBox.IsSealedWith(ring.Current, text));
        (await RevealAsync(gateway, "one")).Should().Be("""{"key":"k1"}""");
        (await RevealAsync(gateway, "two")).Should().Be("""{"key":"k2"}""");
        (await gateway.SignedAsync(gateway.ServiceKey, HttpMethod.Get, "/probe/srv")).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_rotation_cut_short_is_finished_with_the_key_it_had_made()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        await StoreAsync(gateway, "one", "{}");
        clock.Advance(TimeSpan.FromSeconds(1));

        // What a rotation leaves that ended between its new key and its first row.
        var made = gateway.App.Services.GetRequiredService<KeyRing>().Add();

        (await RotateAsync(gateway)).Should().BeEquivalentTo(new { KeyId = made.Id, IsNew = false, Encrypted = 1 + 3 });
        (await RevealAsync(gateway, "one")).Should().Be("{}");
    }

    [Fact]
    public async Task Tokens_signed_before_a_rotation_stay_good_and_old_keys_go_when_no_token_needs_them()
    {
        var clock = new FakeClock();
        await using var gateway = await Gateway.StartAsync(clock);
        var before = gateway.TokenOf("owner");
        var first = gateway.App.Services.GetRequiredService<SigningKeys>().Current.KeyId;
        clock.Advance(TimeSpan.FromSeconds(5));

        (await RotateAsync(gateway)).SigningKeysRemoved.Should().Be(0);

        var after = gateway.TokenOf("owner");
        gateway.App.Services.GetRequiredService<SigningKeys>().Current.KeyId.Should().NotBe(first);
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", before)).Status.Should().Be(200);
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", after)).Status.Should().Be(200);

        clock.Skip(TimeSpan.FromDays(1));
        (await RotateAsync(gateway)).SigningKeysRemoved.Should().Be(1);
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", gateway.TokenOf("owner"))).Status.Should().Be(200);
    }

    private static Task<RotationReport> RotateAsync(Gateway gateway) =>
        gateway.App.Services.GetRequiredService<SecretRotation>().RotateAsync(CancellationToken.None);

    private static async Task StoreAsync(Gateway gateway, string accountId, string json)
    {
        await using var context = gateway.Database();
        context.Accounts.Single(row => row.AccountId == accountId).AccountData =
            gateway.App.Services.GetRequiredService<AccountSecrets>().Protect(accountId, json);
        await context.SaveChangesAsync();
    }

    private static async Task<string> RevealAsync(Gateway gateway, string accountId)
    {
        await using var context = gateway.Database();
        var stored = await context.Accounts.Where(row => row.AccountId == accountId).Select(row => row.AccountData!).SingleAsync();
        return gateway.App.Services.GetRequiredService<AccountSecrets>().Reveal(accountId, stored);
    }

    private static async Task RotateServiceKeyAsync(Gateway gateway)
    {
        await using var context = gateway.Database();
        gateway.App.Services.GetRequiredService<ServiceKeys>().Rotate(context.ServiceKeys.Single(row => row.KeyId == "srv-key"));
        await context.SaveChangesAsync();
    }

    private static async Task<List<string>> StoredAsync(Gateway gateway)
    {
        await using var context = gateway.Database();
        List<ServiceKey> keys = await context.ServiceKeys.AsNoTracking().ToListAsync();
        var accounts = await context.Accounts.Where(row => row.AccountData != null).Select(row => row.AccountData!).ToListAsync();
        return [.. accounts, .. keys.Select(key => key.Secret), .. keys.Select(key => key.PreviousSecret).OfType<string>()];
    }
}
