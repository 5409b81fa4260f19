using System.Net;
using MaoTrade.Engine.Hosting.Configuration;
using MaoTrade.Engine.Trading.Sessions;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Engine.Hosting;

public sealed class EngineSettingsTests
{
    [Fact]
    public void Symbols_get_the_hours_of_their_session_in_the_accounts_zone_unless_it_names_one()
    {
        var (settings, faults) = Read(
            """
            {"symbols":[{"epic":"A","session":"milan"},{"epic":"B","session":"york"},{"epic":"C"}],
             "sessions":[{"name":"milan","windows":[{"days":["mon","fri"],"open":"08:00","close":"17:30"}],"holidays":["2026-12-25"]},
                         {"name":"york","timeZone":"America/New_York","windows":[{"days":["sun"],"open":"18:00","close":"17:00"}]}]}
            """);

        faults.Should().BeEmpty();
        var rules = settings!.Rules;
        rules.HoursOf("A")!.At(new DateTimeOffset(2026, 6, 1, 6, 0, 0, TimeSpan.Zero)).Should().Be(TradingTime.Open);
        rules.HoursOf("A")!.At(new DateTimeOffset(2026, 12, 25, 10, 0, 0, TimeSpan.Zero)).Should().Be(TradingTime.Close);
        rules.HoursOf("B")!.At(new DateTimeOffset(2026, 6, 1, 20, 59, 0, TimeSpan.Zero)).Should().Be(TradingTime.ToClose, "Sunday's window ends on Monday at 17:00");
        rules.HoursOf("C").Should().BeNull();
        rules.HoursOf("D").Should().BeNull();
    }

    [Fact]
    public void Every_fault_is_found_at_once_and_names_its_place()
    {
        var (_, faults) = Read(
            """
            {"symbols":[{"epic":"A","session":"tokyo"}],
             "sessions":[{"name":"milan","timeZone":"Mars/Base","windows":[{"days":["mon","mon"],"open":"8:00","close":"25:00"},{"open":"09:00","close":"09:00"},null]},
                         {"name":"milan","windows":[],"holidays":["2026-02-30",null]}, {"windows":[{"days":["day",null],"open":"24:00","close":"24:00"}]}, null]}
            """);

        faults.Should().BeEquivalentTo(
            "sessions[0].timeZone: an IANA name is expected, not 'Mars/Base'",
            "sessions[0].windows[0].days[1]: each of mon, tue, wed, thu, fri, sat, sun at most once is expected, not 'mon'",
            "sessions[0].windows[0].open: a time HH:mm is expected, not '8:00'",
            "sessions[0].windows[0].close: a time HH:mm or 24:00 is expected, not '25:00'",
            "sessions[0].windows[1].days: at least one is expected",
            "sessions[0].windows[1].close: another time than open is expected; a whole day is 00:00 to 24:00",
            "sessions[0].windows[2].days: at least one is expected",
            "sessions[0].windows[2].open: a time HH:mm is expected, not ''",
            "sessions[0].windows[2].close: a time HH:mm or 24:00 is expected, not ''",
            "sessions[1].windows: at least one is expected",
            "sessions[1].holidays[0]: a day yyyy-MM-dd is expected, not '2026-02-30'",
            "sessions[1].holidays[1]: a day yyyy-MM-dd is expected, not ''",
            "sessions[1].name: milan stands there more than once",
            "sessions[2].windows[0].days[0]: each of mon, tue, wed, thu, fri, sat, sun at most once is expected, not 'day'",
            "sessions[2].windows[0].days[1]: each of mon, tue, wed, thu, fri, sat, sun at most once is expected, not ''",
            "sessions[2].windows[0].open: a time HH:mm is expected, not '24:00'",
            "sessions[2].name: a name is expected",
            "sessions[3].windows: at least one is expected",
            "sessions[3].name: a name is expected",
            "symbols[0].session: there is no session 'tokyo'");
    }

    [Theory]
    [InlineData("{}", 60)]
    [InlineData("""{"reconcileSeconds":86400}""", 86_400)]
    public void The_account_is_compared_with_the_broker_as_often_as_configured(string json, int seconds) =>
        Read(json).Settings!.Rules.ReconcileInterval.Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void The_example_of_the_readme_is_accepted()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var example = readme.Split("```json")[1].Split("```")[0];

        var (settings, faults) = Read(example);

        faults.Should().BeEmpty();
        settings!.Rules.HoursOf("EURUSD")!.At(new DateTimeOffset(2026, 6, 5, 20, 59, 0, TimeSpan.Zero)).Should().NotBe(
            TradingTime.Close, "Friday closes at 17:00 in New York, 21:00 UTC");
        settings.Rules.HoursOf("EURUSD")!.At(new DateTimeOffset(2026, 6, 5, 21, 1, 0, TimeSpan.Zero)).Should().Be(TradingTime.Close);
    }

    private static (EngineSettings? Settings, List<string> Faults) Read(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("engine.json"), json);
        var options = new EngineOptions
        {
            AccountId = "demo",
            DataDir = folder.Path,
            Bind = IPAddress.Loopback,
            Port = 0,
            HealthPort = 0,
            Broker = "paper",
            BrokerUrl = "tcp://127.0.0.1:1",
            ConfigFile = folder.File("engine.json"),
            LogLevel = "info",
            MaxConnections = 10,
            CommandBase = 0,
        };
        var faults = new List<string>();
        return (EngineSettings.Read(options, _ => null, faults), faults);
    }
}
