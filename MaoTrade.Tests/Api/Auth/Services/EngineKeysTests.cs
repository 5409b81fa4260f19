using System.Text.Json;
using MaoApi.Auth.Services;
using MaoApi.Hosting;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace MaoTrade.Tests.Api.Auth.Services;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EngineKeysTests
{
    [Fact]
    public async Task An_engine_is_handed_a_key_of_its_own_in_a_file_only_its_owner_reads()
    {
        await using var gateway = await SignedRoutes.StartAsync();

        var path = await IssueAsync(gateway, "two");

        path.Should().Be(Path.Combine(gateway.App.Services.GetRequiredService<DataFolder>().Account("two"), "service.key"));
        File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var reply = await gateway.SignedAsync(Read(path), HttpMethod.Get, "/probe/mt");
        (reply.Status, reply.Data["accountId"]!.ToString()).Should().Be((200, "two"));
    }

    [Fact]
    public async Task A_start_hands_out_the_same_key_until_it_is_thirty_days_old_and_the_old_one_stays_good_for_a_while()
    {
        var clock = new FakeClock();
        await using var gateway = await SignedRoutes.StartAsync(clock);
        var first = Read(await IssueAsync(gateway, "two"));
        clock.Skip(TimeSpan.FromDays(30));
        Read(await IssueAsync(gateway, "two")).Should().Be(first);
        clock.Advance(TimeSpan.FromSeconds(1));

        var second = Read(await IssueAsync(gateway, "two"));

        second.KeyId.Should().Be(first.KeyId);
        second.Secret.Should().NotBe(first.Secret);
        (await gateway.SignedAsync(first, HttpMethod.Get, "/probe/mt")).Status.Should().Be(200);
        (await gateway.SignedAsync(second, HttpMethod.Get, "/probe/mt")).Status.Should().Be(200);
    }

    private static Task<string> IssueAsync(Gateway gateway, string accountId) =>
        gateway.App.Services.GetRequiredService<EngineKeys>().IssueAsync(accountId, CancellationToken.None);

    private static ServiceKeySecret Read(string path) => JsonSerializer.Deserialize<ServiceKeySecret>(File.ReadAllBytes(path), JsonSerializerOptions.Web)!;
}
