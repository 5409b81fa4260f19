using MaoApi.Auth.Firebase;
using MaoApi.Hosting;
using MaoApi.Notices.Channels.Fcm;

namespace MaoTrade.Tests.Api.Auth.Firebase;

public sealed class FirebaseOptionsTests
{
    private const string NotBuilt = "FIREBASE_VERIFIER: admin is not in this build; build with -p:MaoStack=production";

    private static readonly bool IsBuilt = FirebaseVerifiers.Built.ContainsKey(FirebaseVerifiers.Admin);

    [Fact]
    public void Without_a_word_the_best_of_the_build_verifies()
    {
        var (options, errors) = Read(("FIREBASE_PROJECT", "demo"));

        (options.Verifier, errors.Count).Should().Be((IsBuilt ? "admin" : "keys", 0));
    }

    [Fact]
    public void A_way_that_does_not_exist_is_named()
    {
        Read(("FIREBASE_VERIFIER", "trust")).Errors.Should().Equal("FIREBASE_VERIFIER: 'trust' is none of keys, admin");
    }

    [Fact]
    public void Asking_for_what_is_not_in_the_build_names_the_switch()
    {
        Read(("FIREBASE_VERIFIER", "admin")).Errors.Should().Equal(IsBuilt ? [] : [NotBuilt]);
    }

    [Theory]
    [InlineData("keys", "demo", false, false)]
    [InlineData("admin", null, false, false)]
    [InlineData("admin", "demo", true, false)]
    [InlineData("admin", "demo", false, true)]
    public void Whoever_asks_firebase_needs_an_account_to_ask_with(string verifier, string? project, bool isEmulated, bool isMissing)
    {
        var faults = new FirebaseOptions { Verifier = verifier, Project = project, IsEmulated = isEmulated }.Faults(new FcmOptions());

        faults.Any(fault => fault.Contains("FCM_CREDENTIALS is missing", StringComparison.Ordinal)).Should().Be(isMissing);
    }

    [Fact]
    public void The_emulator_is_asked_about_its_own_users()
    {
        var (options, _) = Read(("FIREBASE_PROJECT", "demo"), ("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099"));

        (options.IsEmulated, options.Accounts.ToString()).Should().Be((true, "http://127.0.0.1:9099/identitytoolkit.googleapis.com/"));
    }

    private static (FirebaseOptions Options, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] environment)
    {
        var settings = new SettingsReader(name => Array.Find(environment, variable => variable.Name == name).Value);
        return (FirebaseOptions.Read(settings, GatewayEnvironment.Development), settings.Errors);
    }
}
