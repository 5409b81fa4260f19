using System.Security.Cryptography;
using System.Text.Json;
using MaoApi.Auth.Firebase;
using MaoApi.Data.Entities;
using MaoApi.Hosting;
using MaoApi.Notices.Channels.Fcm;
using MaoTrade.Tests.Api.Support;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>The flow of a user against Google's own emulator: sign up, log in, call.</summary>
public abstract class FirebaseEmulatorContract(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    private protected const string Password = "correct horse";

    /// <summary>A user of this test alone.</summary>
    private protected string Email { get; } = $"{Guid.NewGuid():N}@example.com";

    private protected Task<FirebaseEmulator> EmulatorAsync() => shared.GetAsync();

    /// <summary>One of <see cref="FirebaseVerifiers"/>.</summary>
    private protected abstract string Verifier { get; }

    [ContractFact]
    public async Task A_user_who_logged_in_at_the_emulator_is_let_in_once_they_have_a_row()
    {
        var emulator = await EmulatorAsync();
        await using var gateway = await StartAsync(emulator);
        var (userId, first) = await emulator.SignUpAsync(Email, Password);
        var unknown = await gateway.SendAsync(HttpMethod.Get, "/auth/me", first);
        (unknown.Status, unknown.Code).Should().Be((403, 11));
        await AddRowAsync(gateway, userId);

        var (_, token) = await emulator.SignInAsync(Email, Password);
        var me = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);

        (me.Status, me.Data["user"]!["userId"]!.ToString()).Should().Be((200, userId));
    }

    [ContractFact]
    public async Task A_gateway_that_is_not_told_of_the_emulator_refuses_its_tokens()
    {
        var emulator = await EmulatorAsync();
        await using var gateway = await StartAsync(null);
        var (_, token) = await emulator.SignUpAsync(Email, Password);

        var refused = await gateway.SendAsync(HttpMethod.Get, "/auth/me", token);

        (refused.Status, refused.Code, gateway.HandlersRun).Should().Be((401, 10, 0));
    }

    private protected async Task AddRowAsync(Gateway gateway, string userId)
    {
        await using var context = gateway.Database();
        context.Add(new User { UserId = userId, DisplayName = "Somebody", Email = Email, Status = UserStatus.Active });
        await context.SaveChangesAsync();
    }

    /// <summary>A gateway that is told of the emulator, or of none.</summary>
    private protected Task<Gateway> StartAsync(FirebaseEmulator? emulator, TimeProvider? time = null) => Gateway.StartAsync(
        time,
        configure: options => options with
        {
            Firebase = new FirebaseOptions
            {
                Project = FakeGoogle.Project,
                Keys = new Uri("http://127.0.0.1:9/keys"),
                Verifier = Verifier,
                IsEmulated = emulator is not null,
                Accounts = emulator?.Accounts ?? new Uri("http://127.0.0.1:9/"),
            },
            Notices = new NoticeOptions { Fcm = new FcmOptions { Project = FakeGoogle.Project, Credentials = emulator is null ? KeyFile() : null } },
        });

    private static FcmCredentials KeyFile()
    {
        using var key = RSA.Create(2048);
        return FcmCredentials.Parse(JsonSerializer.Serialize(new
        {
            project_id = FakeGoogle.Project,
            private_key_id = "k1",
            private_key = key.ExportPkcs8PrivateKeyPem(),
            client_email = "nobody@example.com",
            token_uri = "http://127.0.0.1:9/token",
        }));
    }
}
