using MaoTrade.Engine.Brokers.Paper.Server;

namespace MaoTrade.Tests.Engine.Brokers.Paper;

public sealed class PaperFlagsTests
{
    [Fact]
    public void Every_flag_is_read()
    {
        var options = PaperBrokerFlags.Parse(
            [
                "--port", "7001", "--data-dir", "d", "--market", "random", "--epic", "A,B", "--epic=C", "--seed", "42", "--speed", "60",
                "--clock", "lockstep", "--accounts", "a,b", "--cash", "5000.5", "--spread", "0.1", "--slippage", "0.01",
                "--ledger", "l.jsonl", "--dedupe", "off", "--lookup-lag", "2s", "--time-frames", "60,300",
                "--fault", "delay=50ms,lost-reply=0.1,lost-request=0.2,reject=0.02,duplicate=0.05,reorder=0.06",
            ],
            out var errors);

        errors.Should().BeEmpty();
        options.Should().BeEquivalentTo(new PaperBrokerOptions
        {
            Port = 7001,
            DataDirectory = "d",
            Epics = ["A", "B", "C"],
            Seed = 42,
            Speed = 60,
            Clock = PaperClockMode.Lockstep,
            Accounts = ["a", "b"],
            Cash = 5000.5m,
            Spread = 0.1m,
            Slippage = 0.01m,
            LedgerFile = "l.jsonl",
            Dedupe = false,
            TimeFrames = [60, 300],
            LookUpLag = TimeSpan.FromSeconds(2),
            Fault = new PaperFaultOptions
            {
                Delay = TimeSpan.FromMilliseconds(50),
                LostReply = 0.1,
                LostRequest = 0.2,
                Reject = 0.02,
                Duplicate = 0.05,
                Reorder = 0.06,
            },
        });
    }

    [Fact]
    public void All_errors_are_listed_at_once()
    {
        PaperBrokerFlags.Parse(
            ["--port", "99999", "--clock", "solar", "--fault", "delay=soon,luck=1,reject=2", "--nonsense", "1", "word", "--accounts", "Bad!", "--time-frames", "60,hour", "--seed"],
            out var errors);

        errors.Should().BeEquivalentTo(
            "--clock must be live or lockstep: solar",
            "fault delay must be a time such as 50ms or 2s: soon",
            "fault luck is unknown",
            "--time-frames must be a number: hour",
            "time-frames must be 1 to 2419200 s",
            "--nonsense is unknown",
            "word is not a flag",
            "--seed needs a value",
            "port must be 0 to 65535",
            "accounts must be names of 1 to 40 characters a-z, 0-9 and _",
            "fault reject must be 0 to 1");
    }
}
