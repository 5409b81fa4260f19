using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Persistence;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Hosting;

/// <summary>Where an engine is told to keep its account.</summary>
public sealed class StoreOptionsTests
{
    [Fact]
    public void Without_a_word_the_account_lies_in_its_folder()
    {
        var (options, faults) = Read();

        (options.Provider, options.ToString(), faults.Count).Should().Be(("sqlite", "sqlite", 0));
    }

    [Fact]
    public void A_server_needs_its_name_alone_and_the_password_may_lie_in_a_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("password"), "from the file\n");

        var (few, some) = Read(("DB_PROVIDER", "mysql"), ("DB_HOSTNAME", "trading-db"));
        var (all, none) = Read(
            ("DB_PROVIDER", "mysql"), ("DB_HOSTNAME", "10.0.0.7"), ("DB_PORT", "3307"), ("DB_NAME", "mt_other"), ("DB_USER", "me"),
            ("DB_PASSWORD_FILE", folder.File("password")), ("DB_POOL", "9"));

        (few.Host, few.Port, few.User, few.Name, few.Password, few.Pool).Should().Be(("trading-db", 3306, "mt_demo", "mt_demo", "", 4));
        (all.Port, all.Name, all.Password, all.Pool).Should().Be((3307, "mt_other", "from the file", 9));
        all.ToString().Should().Be("mysql me@10.0.0.7:3307/mt_other");
        some.Concat(none).Where(fault => !fault.Contains("-p:MaoStack=production", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void A_database_that_is_not_in_the_build_is_refused_with_the_switch_that_brings_it()
    {
        var (_, faults) = Read(("DB_PROVIDER", "mysql"), ("DB_HOSTNAME", "db"));

        faults.Should().Equal(StoreProviders.Built.ContainsKey("mysql")
            ? []
            : ["DB_PROVIDER: mysql is not in this build; build with -p:MaoStack=production"]);
    }

    [Fact]
    public void Everything_that_makes_no_sense_is_named_at_once()
    {
        var (_, faults) = Read(
            ("DB_PROVIDER", "mysql"), ("DB_PORT", "x"), ("DB_NAME", "a`; DROP"), ("DB_POOL", "31"), ("DB_PASSWORD", "secret"), ("DB_PASSWORD_FILE", "/nowhere"));

        foreach (var name in new[] { "DB_HOSTNAME:", "DB_PORT:", "DB_NAME:", "DB_POOL:", "DB_PASSWORD_FILE:" })
        {
            faults.Should().Contain(fault => fault.StartsWith(name, StringComparison.Ordinal));
        }

        faults.Should().NotContain(fault => fault.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_named_without_its_kind_is_not_left_unused_in_silence() =>
        Read(("DB_HOSTNAME", "db"), ("DB_PASSWORD", "secret")).Faults.Should().Equal(
            "DB_HOSTNAME: is for DB_PROVIDER mysql, and DB_PROVIDER is sqlite", "DB_PASSWORD: is for DB_PROVIDER mysql, and DB_PROVIDER is sqlite");

    private static (StoreOptions Options, IReadOnlyList<string> Faults) Read(params (string Name, string Value)[] variables)
    {
        var faults = new List<string>();
        return (StoreOptions.Read("demo", name => variables.FirstOrDefault(variable => variable.Name == name).Value, faults), faults);
    }
}
