using System.Text;
using System.Text.Json;
using MaoTrade.Engine.Persistence;
using MaoTrade.Engine.Server;
using MaoTrade.Engine.Server.Services;
using MaoTrade.Engine.Systems;
using MaoTrade.Engine.Systems.Charts;
using MaoTrade.Engine.Systems.Journal;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;
using MaoTrade.Protocol.Messages;
using MaoTrade.Tests.Engine.Systems;
using MaoTrade.Tests.Engine.Trading;

namespace MaoTrade.Tests.Engine.Server;

/// <summary>Service 3 over what a real store holds.</summary>
public sealed class SystemServiceTests : IDisposable
{
    private readonly SystemDesk _desk = new();
    private readonly TradeInbox _inbox = new();
    private readonly SnapshotBoard _board = new("demo", TimeProvider.System);
    private readonly SystemService _service;
    private readonly string _signal;

    public SystemServiceTests()
    {
        var system = new ProbeSystem
        {
            OnFrame = (probe, frame) =>
            {
                probe.Draw("price", "line", frame.Frame.UnixSeconds, 1.5);
                probe.Draw("price", "marks", frame.Frame.UnixSeconds, -2, SeriesKind.Marks);
                probe.Say($"frame {frame.Frame.UnixSeconds}", Severity.Warning);
                probe.Store("key", "value");
            },
        };
        _signal = _desk.Start(system);
        _desk.Bar(60, 1m);
        _desk.Bar(120, 1m);
        _board.Publish(_desk.State);
        _service = new SystemService(_inbox, _board, new EngineStores { Current = _desk.Store }, new SystemCatalogs());
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task The_list_tells_every_parameter_of_every_system()
    {
        var systems = (await OkAsync("""{"op":"list"}""")).GetProperty("systems");

        systems.EnumerateArray().Select(s => s.GetProperty("name").GetString())
            .Should().Equal("AiAdaptive", "FUTC", "FUTM", "MacdCrossover", "Scalping", "Swing");
        var futc = systems[1].GetProperty("params").EnumerateArray().ToDictionary(p => p.GetProperty("key").GetString()!);
        futc["signal"].GetRawText().Should().Be(
            """{"key":"signal","type":"enum","required":true,"default":null,"min":null,"max":null,"values":["BUY","SELL","FLAT","HOLD"],"label":"Instruction"}""");
        futc["window_from"].GetProperty("type").GetString().Should().Be("time");
        futc["stop_percent"].GetProperty("default").GetDecimal().Should().Be(2m);
        futc["stop_percent"].GetProperty("max").GetDecimal().Should().Be(99m);
        var swing = systems[5].GetProperty("params").EnumerateArray().ToDictionary(p => p.GetProperty("key").GetString()!);
        swing["short"].GetProperty("default").GetBoolean().Should().BeFalse();
        swing["trend_period"].GetProperty("type").GetString().Should().Be("int");
    }

    [Fact]
    public async Task The_state_is_what_is_stored()
    {
        var state = await OkAsync($$"""{"op":"state","signalId":"{{_signal}}"}""");

        state.GetProperty("system").GetString().Should().Be("Probe");
        state.GetProperty("state").GetRawText().Should().Be("""{"frames":2}""");
        state.GetProperty("version").GetInt32().Should().Be(1);
        state.GetProperty("savedAt").GetString().Should().Be("2026-01-05T08:00:00.000Z");
    }

    [Fact]
    public async Task The_chart_has_areas_series_and_points() =>
        (await OkAsync($$"""{"op":"chart","signalId":"{{_signal}}"}""")).GetRawText().Should().Be(
            """{"areas":[{"name":"price","series":[{"name":"line","kind":"line","points":[[60,1.5],[120,1.5]]},{"name":"marks","kind":"marks","points":[[60,-2],[120,-2]]}]}]}""");

    [Fact]
    public async Task The_log_comes_page_by_page()
    {
        var first = await OkAsync($$"""{"op":"log","signalId":"{{_signal}}","limit":1}""");
        first.GetProperty("items").GetRawText().Should().Be("""[{"at":"2026-01-05T08:00:00.000Z","severity":"warning","message":"frame 60"}]""");

        var second = await OkAsync($$"""{"op":"log","signalId":"{{_signal}}","limit":1,"cursor":"{{first.GetProperty("cursor").GetString()}}"}""");
        second.GetProperty("items")[0].GetProperty("message").GetString().Should().Be("frame 120");
        second.GetProperty("cursor").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_key_is_read_from_the_store_and_written_through_the_loop()
    {
        (await OkAsync($$"""{"op":"storeRead","signalId":"{{_signal}}","key":"key"}""")).GetProperty("value").GetString().Should().Be("value");

        var writing = CallAsync($$"""{"op":"storeWrite","signalId":"{{_signal}}","key":"key","value":"new"}""");
        writing.IsCompleted.Should().BeFalse("it is answered when it is committed");
        _inbox.TryTake(out var input).Should().BeTrue();
        var command = (CommandInput)input!;
        command.Command.Should().Be(new WriteDatastoreCommand { SignalId = _signal, Key = "key", Value = "new" });
        command.Ticket.Answer(_desk.Command(command.Command));

        (await writing).Code.Should().Be(0);
        (await OkAsync($$"""{"op":"storeRead","signalId":"{{_signal}}","key":"key"}""")).GetProperty("value").GetString().Should().Be("new");
    }

    [Theory]
    [InlineData("""{"op":"fly"}""", ReplyCode.NotFound, "op:")]
    [InlineData("""{"op":"state"}""", ReplyCode.Malformed, "signalId:")]
    [InlineData("""{"op":"state","signalId":"none"}""", ReplyCode.NotFound, "signalId:")]
    [InlineData("""{"op":"log","signalId":"$","limit":0}""", ReplyCode.Malformed, "limit:")]
    [InlineData("""{"op":"log","signalId":"$","cursor":"x"}""", ReplyCode.Malformed, "cursor:")]
    [InlineData("""{"op":"storeRead","signalId":"$"}""", ReplyCode.Malformed, "key:")]
    [InlineData("""{"op":"storeRead","signalId":"$","key":"../a"}""", ReplyCode.Malformed, "key:")]
    [InlineData("""{"op":"storeRead","signalId":"$","key":"none"}""", ReplyCode.NotFound, "key:")]
    [InlineData("""{"op":"storeWrite","signalId":"$"}""", ReplyCode.Malformed, "key:")]
    [InlineData("""{"op":7}""", ReplyCode.Malformed, "op:")]
    [InlineData("""{"op":"list","more":1}""", ReplyCode.Malformed, "")]
    public async Task A_bad_request_names_what_is_wrong(string data, int code, string field)
    {
        var reply = await CallAsync(data.Replace("$", _signal, StringComparison.Ordinal));

        reply.Code.Should().Be(code, reply.Message);
        reply.Message.Should().StartWith(field);
    }

    private async Task<JsonElement> OkAsync(string data)
    {
        var reply = await CallAsync(data);
        reply.Code.Should().Be(0, reply.Message);
        return JsonDocument.Parse(reply.Data).RootElement;
    }

    private Task<ServiceReply> CallAsync(string data) =>
        _service.HandleAsync(new ServiceRequest(Encoding.UTF8.GetBytes(data), true, null, long.MaxValue), CancellationToken.None).AsTask();
}
