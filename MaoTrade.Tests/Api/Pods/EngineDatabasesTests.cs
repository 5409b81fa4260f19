using MaoApi.Data;
using MaoApi.Hosting;
using MaoApi.Pods;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Pods;

public sealed class EngineDatabasesTests : IDisposable
{
    private static readonly PodPlace Container = new("10.231.0.2", "0.0.0.0", 2260, 2261, "/data", "/data/accounts/anna1", "mao-pod", "mao-gateway");

    private readonly TemporaryFolder _folder = new();
    private readonly Schemas _schemas = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_engine_beside_a_gateway_with_a_server_keeps_its_own_file_all_the_same()
    {
        var here = await Of(new EngineDatabaseOptions(), "anna1", PodPlace.ThisMachine);
        var there = await Of(new EngineDatabaseOptions(), "anna1", Container);

        (here.PasswordFile, here.Variables["DB_PROVIDER"], here.Variables["DB_POOL"], here.Variables["DB_PASSWORD"]).Should().Be((null, "sqlite", "", ""));
        (there.PasswordFile, there.Variables.Count).Should().Be((null, 0));
    }

    [Fact]
    public async Task A_password_somebody_made_is_handed_on_as_a_file_and_in_no_variable()
    {
        await File.WriteAllTextAsync(_folder.File("mysql-mt-anna1"), "topsecret");

        var database = await Of(Given(), "anna1", Container);

        database.PasswordFile.Should().Be(_folder.File("mysql-mt-anna1"));
        database.Variables.Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DB_PROVIDER"] = "mysql",
            ["DB_HOSTNAME"] = "trading-db",
            ["DB_PORT"] = "3307",
            ["DB_NAME"] = "mt_anna1",
            ["DB_USER"] = "mt_anna1",
            ["DB_PASSWORD_FILE"] = "/data/accounts/anna1/mysql-mt-anna1",
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" \n")]
    public async Task An_account_without_a_password_is_refused_by_name(string? text)
    {
        if (text is not null)
        {
            await File.WriteAllTextAsync(_folder.File("mysql-mt-bert"), text);
        }

        var look = () => Of(Given(), "bert", Container);

        (await look.Should().ThrowAsync<PodDriverException>()).Which.Should().Match<PodDriverException>(fault =>
            !fault.IsAway && fault.Message.Contains("mysql-mt-bert", StringComparison.Ordinal) && fault.Message.Contains("the password of the database user mt_bert is expected", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789012345678901234567890123456'; -")]
    public async Task A_damaged_password_of_the_pods_own_reaches_no_server(string text)
    {
        var options = new EngineDatabaseOptions { Provider = DatabaseProviders.MySql, Host = "trading-db", AdminUser = "maopod", AdminPassword = "x" };
        var file = (await Of(options, "anna1", PodPlace.ThisMachine)).PasswordFile!;
        await File.WriteAllTextAsync(file, text);

        var again = () => Of(options, "anna1", PodPlace.ThisMachine);

        (await again.Should().ThrowAsync<PodDriverException>()).Which.Message.Should().Contain(file).And.Contain("40 letters and digits are expected");
        _schemas.Made.Should().ContainSingle("the damaged one was not handed on");
    }

    [Fact]
    public async Task A_pod_that_may_makes_schema_user_and_password_once_and_says_them_at_each_start()
    {
        var options = new EngineDatabaseOptions { Provider = DatabaseProviders.MySql, Host = "trading-db", AdminUser = "maopod", AdminPassword = "x", Pool = 9 };

        var first = await Of(options, "anna1", PodPlace.ThisMachine);
        var second = await Of(options, "anna1", PodPlace.ThisMachine);

        var password = await File.ReadAllTextAsync(first.PasswordFile!);
        password.Should().MatchRegex("^[A-Za-z0-9]{40}$");
        File.GetUnixFileMode(first.PasswordFile!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        second.PasswordFile.Should().Be(first.PasswordFile);
        _schemas.Made.Should().Equal(("mt_anna1", "mt_anna1", password), ("mt_anna1", "mt_anna1", password));
        (first.Variables["DB_POOL"], first.Variables["DB_PASSWORD"], first.Variables["DB_PASSWORD_FILE"]).Should().Be(("9", "", first.PasswordFile!));
    }

    [Fact]
    public void Users_have_no_more_letters_than_MySQL_takes_and_no_two_accounts_share_one()
    {
        var longest = new string('a', 40);

        PodNames.SchemaUserOf(new string('b', 29)).Should().Be("mt_" + new string('b', 29)).And.HaveLength(32);
        PodNames.SchemaUserOf(longest).Should().HaveLength(32).And.MatchRegex("^mt_a{20}_[0-9a-f]{8}$").And.NotBe(PodNames.SchemaUserOf(longest[1..]));
    }

    private EngineDatabaseOptions Given() => new() { Provider = DatabaseProviders.MySql, Host = "trading-db", Port = 3307, PasswordsDir = _folder.Path };

    private Task<EngineDatabase> Of(EngineDatabaseOptions options, string accountId, PodPlace place) =>
        new EngineDatabases(options, DataFolder.Beside(_folder.Path), _schemas).OfAsync(accountId, place, default);

    private sealed class Schemas : IAccountSchemas
    {
        public List<(string Schema, string User, string Password)> Made { get; } = [];

        public Task EnsureAsync(string schema, string user, string password, CancellationToken cancellationToken)
        {
            Made.Add((schema, user, password));
            return Task.CompletedTask;
        }
    }
}
