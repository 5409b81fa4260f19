using MaoApi.Hosting;
using MaoApi.Logs;

namespace MaoTrade.Tests.Api.Logs;

public sealed class LogStoreOptionsTests
{
    private const string NotBuilt = "LOG_STORE: mongodb is not in this build; build with -p:MaoStack=production";

    [Theory]
    [InlineData("LOG_STORE=elsewhere", "LOG_STORE: 'elsewhere' is none of embedded, mongodb")]
    [InlineData("MONGODB_URI=http://user:topsecret@host", "MONGODB_URI: mongodb://user:password@host:port/database is expected")]
    public void A_fault_names_the_variable_and_never_the_secret(string variable, string fault)
    {
        var (_, errors) = Read(variable);

        errors.Should().Equal(fault);
    }

    [Theory]
    [InlineData("LOG_STORE=mongodb")]
    [InlineData("MONGODB_URI=mongodb://host/maologs")]
    public void Asking_for_what_is_not_in_the_build_names_the_switch(string variable)
    {
        var (_, errors) = Read(variable);

        if (LogStores.Built.ContainsKey(LogStores.MongoDb))
        {
            errors.Should().NotContain(NotBuilt);
        }
        else
        {
            errors.Should().Equal(NotBuilt);
        }
    }

    [Fact]
    public void An_address_alone_asks_for_MongoDB_and_turns_the_lines_for_the_collector_on()
    {
        var (options, _) = Read("MONGODB_URI=mongodb://user@host/maologs", "MONGODB_PASSWORD=apart");

        (options.Store.Store, options.IsStoredHere, options.IsCollected, options.Store.MongoPassword).Should().Be(("mongodb", false, true, "apart"));
        options.Store.ToString().Should().Be("mongodb", "the address may hold the password");
        Read("MONGODB_URI=mongodb://host", "FLUENTD_ENABLED=false").Options.IsCollected.Should().BeFalse("what is said stands");
    }

    [Fact]
    public void Without_a_word_the_gateway_keeps_the_log_itself()
    {
        var (options, errors) = Read();

        (options.Store.Store, options.IsStoredHere, options.IsCollected).Should().Be(("embedded", true, false));
        errors.Should().BeEmpty();
    }

    private static (LogOptions Options, IReadOnlyList<string> Errors) Read(params string[] variables)
    {
        var named = variables.Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var settings = new SettingsReader(name => named.GetValueOrDefault(name));
        return (LogOptions.Read(settings), settings.Errors);
    }
}
