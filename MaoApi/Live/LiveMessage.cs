using System.Text;
using System.Text.Json;

namespace MaoApi.Live;

/// <summary>One message, encoded once for every client that gets it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Channel">Number of its channel, -1 for none.</param>
/// <param name="Seq">Its number within the channel.</param>
/// <param name="Bytes">JSON, UTF-8.</param>
internal sealed record LiveMessage(LiveKind Kind, int Channel, long Seq, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The account's own part of an engine's reply to a subscription; null where it is none.</summary>
    public static LiveMessage? Read(string accountId, ReadOnlyMemory<byte> data)
    {
        var (channel, seq, kind, type, at, range) = (-1, -1L, LiveKind.Notice, "", "", default(Range));
        var json = new Utf8JsonReader(data.Span);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("channel"u8))
            {
                json.Read();
                channel = LiveChannels.IndexOf(json.GetString());
            }
            else if (json.ValueTextEquals("seq"u8))
            {
                json.Read();
                seq = json.GetInt64();
            }
            else if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                type = json.GetString() ?? "";
            }
            else if (json.ValueTextEquals("at"u8))
            {
                json.Read();
                at = json.GetString() ?? "";
            }
            else
            {
                var isData = json.ValueTextEquals("data"u8);
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                range = isData ? start..(int)json.BytesConsumed : range;
            }
        }

        kind = type switch
        {
            "snapshot" => LiveKind.Snapshot,
            "change" => LiveKind.Change,
            "gap" => LiveKind.Gap,
            _ => kind,
        };
        return channel < 0 || seq < 0 || kind == LiveKind.Notice ? null : Of(kind, accountId, channel, seq, at, data[range].Span);
    }

    /// <summary>A message about a channel.</summary>
    public static LiveMessage Of(LiveKind kind, string accountId, int channel, long seq, string at, ReadOnlySpan<byte> data)
    {
        var type = kind switch
        {
            LiveKind.Snapshot => "snapshot",
            LiveKind.Gap => "gap",
            _ => LiveChannels.ChangeOf(channel),
        };
        var head = Encoding.UTF8.GetBytes(
            $$"""{"type":"{{type}}","accountId":"{{accountId}}","channel":"{{LiveChannels.Names[channel]}}","seq":{{seq}},"timestamp":"{{at}}","data":""");
        return new LiveMessage(kind, channel, seq, (byte[])[.. head, .. data, (byte)'}']);
    }

    /// <summary>A message about no channel.</summary>
    public static LiveMessage Notice(string type, string? accountId, DateTimeOffset at, string data) => new(
        LiveKind.Notice, -1, -1, Encoding.UTF8.GetBytes(
            $$"""{"type":"{{type}}","accountId":{{JsonSerializer.Serialize(accountId)}},"channel":null,"seq":null,"timestamp":"{{Text(at)}}","data":{{data}}}"""));

    /// <summary>An error in the words of the table of codes.</summary>
    public static LiveMessage Error(int code, string message, DateTimeOffset at) =>
        Notice("error", null, at, $$"""{"code":{{code}},"message":{{JsonSerializer.Serialize(message)}}}""");

    /// <summary>A whole portfolio is a snapshot as much as a change.</summary>
    public LiveMessage AsSnapshot()
    {
        var old = Encoding.UTF8.GetBytes($$"""{"type":"{{LiveChannels.ChangeOf(Channel)}}",""");
        return new LiveMessage(LiveKind.Snapshot, Channel, Seq, (byte[])[.. "{\"type\":\"snapshot\","u8, .. Bytes.Span[old.Length..]]);
    }

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
