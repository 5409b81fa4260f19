using MaoApi.Auth.Firebase;
using MaoApi.Data.Entities;
using MaoTrade.Tests.Api.Support;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>The flow of a user against Google's own emulator: sign up, log in, call.</summary>
public sealed class FirebaseEmulatorTests
{
    private const string Email = "somebody@example.com";
    private const string Password = "correct horse";

    [EmulatorFact]
    public async Task A_user_who_logged_in_at_the_emulator_is_let_in_once_they_have_a_row()
    {
        await using var emulator = await FirebaseEmulator.StartAsync();
        await using var gateway = await StartAsync(isEmulated: true);
        var (userId, first) = await emulator.SignUpAsync(Email, Password);
        var unknown = await gateway.SendAsync(HttpMethod.Get, "/auth/me", first);
        (unknown.Status, unknown.Code).Should().Be((403, 11));
        await using (var context = gateway.Database())
        {
            context.Add(new User { UserId = userId, DisplayName = "Somebody", Email = Email, Status = UserStatus.Active });
            await context.SaveChangesAsync();
        }

        var (_, token) = await emulator.SignInAsync(Email, Password);
        var me = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);

        (me.Status, me.Data["user"]!["userId"]!.ToString()).Should().Be((200, userId));
    }

    [EmulatorFact]
    public async Task A_gateway_that_is_not_told_of_the_emulator_refuses_its_tokens()
    {
        await using var emulator = await FirebaseEmulator.StartAsync();
        await using var gateway = await StartAsync(isEmulated: false);
        var (_, token) = await emulator.SignUpAsync(Email, Password);

        var refused = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);

        (refused.Status, refused.Code, gateway.HandlersRun).Should().Be((401, 10, 0));
    }

    private static Task<Gateway> StartAsync(bool isEmulated) => Gateway.StartAsync(configure: options => options with
    {
        Firebase = new FirebaseOptions { Project = FakeGoogle.Project, Keys = new Uri("http://127.0.0.1:9/keys"), IsEmulated = isEmulated },
    });
}
