using MaoApi.Auth.Firebase;
using MaoTrade.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>FirebaseAdmin before Google's own emulator, which knows its users.</summary>
[NeedsEmulator(WithAdmin = true)]
public sealed class FirebaseAdminEmulatorTests(SharedEmulator shared) : FirebaseEmulatorContract(shared)
{
    private protected override string Verifier => FirebaseVerifiers.Admin;

    [ContractTheory]
    [InlineData("revoked")]
    [InlineData("disabled")]
    [InlineData("deleted")]
    public async Task A_user_whose_log_in_ended_at_the_emulator_is_out_within_a_minute(string what)
    {
        var emulator = await EmulatorAsync();
        var clock = new FakeClock(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(10));
        await using var gateway = await StartAsync(emulator, clock);
        var (userId, token) = await emulator.SignUpAsync(Email, Password);
        await AddRowAsync(gateway, userId);
        (await gateway.SendAsync(HttpMethod.Get, "/auth/me", token)).Status.Should().Be(200);
        var handlersRun = gateway.HandlersRun;

        await (what switch
        {
            "revoked" => emulator.RevokeAsync(userId, new JsonWebToken(token).GetPayloadValue<long>("auth_time") + 1),
            "disabled" => emulator.DisableAsync(userId),
            _ => emulator.DeleteAsync(userId),
        });
        clock.Skip(TimeSpan.FromSeconds(60));
        var refused = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);

        (refused.Status, refused.Code, gateway.HandlersRun).Should().Be((401, 10, handlersRun));
    }
}
