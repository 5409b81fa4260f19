using MaoApi.Data;
using MaoApi.Hosting;

namespace MaoTrade.Tests.Api.Hosting;

public sealed class DatabaseOptionsTests
{
    [Fact]
    public void Without_a_word_the_database_lies_in_the_data_folder()
    {
        var (options, errors) = Read();

        (options.Provider, options.MaoHome, options.MaoData, options.Pool).Should().Be(("sqlite", "maohome", "maodata", 30));
        errors.Should().BeEmpty();
    }

    [Fact]
    public void A_server_is_named_by_parts_or_by_one_address()
    {
        var (parts, _) = Read(("MYSQL_HOST", "db"), ("MYSQL_PORT", "3307"), ("MYSQL_USER", "mao"), ("MYSQL_PASSWORD", "p:w"), ("DB_MAODATA", "history"));
        var (address, errors) = Read(("DATABASE_URI", "mysql://mao:p%3Aw@db:3307/home"), ("DB_MAODATA", "history"));

        (parts.Host, parts.Port, parts.User, parts.Password, parts.MaoHome, parts.MaoData).Should().Be(("db", 3307, "mao", "p:w", "maohome", "history"));
        (address with { MaoHome = "maohome" }).Should().Be(parts);
        (address.MaoHome, errors.Count).Should().Be(("home", 0));
        address.ToString().Should().NotContain("p:w");
    }

    [Theory]
    [InlineData("DB_PROVIDER", "oracle", "DB_PROVIDER: 'oracle' is none of sqlite, mysql")]
    [InlineData("DB_MAOHOME", "a`; DROP", "DB_MAOHOME: 'a`; DROP' is not a name of 1 to 64 letters, digits and _")]
    [InlineData("DATABASE_URI", "postgres://u:secret@h/db", "DATABASE_URI: mysql://user:password@host:port/schema is expected")]
    [InlineData("DATABASE_URI", "mysql://u:secret@h/a;b", "DATABASE_URI: the schema is not a name of 1 to 64 letters, digits and _")]
    [InlineData("DB_POOL", "2", "DB_POOL: '2' is not a number from 3 to 1000")]
    public void What_makes_no_sense_is_named(string name, string value, string error)
    {
        var (_, errors) = Read((name, value));

        errors.Should().Equal(error);
    }

    [Fact]
    public void A_database_that_is_not_in_the_build_is_refused_with_the_switch_that_brings_it()
    {
        var (_, errors) = Read(("DB_PROVIDER", "mysql"));

        errors.Should().Equal(DatabaseProviders.Built.ContainsKey("mysql")
            ? []
            : ["DB_PROVIDER: mysql is not in this build; build with -p:MaoStack=production"]);
    }

    private static (DatabaseOptions Options, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] variables)
    {
        var settings = new SettingsReader(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
        return (DatabaseOptions.Read(settings), settings.Errors);
    }
}
