using System.Text.Json;
using System.Text.Json.Serialization;
using MaoTrade.Engine.Orders;

namespace MaoTrade.Engine.Trading.Commands;

/// <summary>JSON of commands and their replies: unknown members and duplicates are faults, times are UTC with Z.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(OpenPositionCommand))]
[JsonSerializable(typeof(ClosePositionCommand))]
[JsonSerializable(typeof(UpdateAccountCommand))]
[JsonSerializable(typeof(UpsertSignalCommand))]
[JsonSerializable(typeof(DeleteSignalCommand))]
[JsonSerializable(typeof(ValidateSignalCommand))]
[JsonSerializable(typeof(BlockSignalCommand))]
[JsonSerializable(typeof(KillSwitchCommand))]
[JsonSerializable(typeof(ModifyPositionCommand))]
[JsonSerializable(typeof(CancelOrderCommand))]
[JsonSerializable(typeof(ResolveOrderCommand))]
[JsonSerializable(typeof(ListOrdersCommand))]
[JsonSerializable(typeof(PerformanceCommand))]
[JsonSerializable(typeof(PerformanceReply))]
[JsonSerializable(typeof(ReadCommand))]
[JsonSerializable(typeof(OrderReply))]
[JsonSerializable(typeof(OrderStateReply))]
[JsonSerializable(typeof(KillSwitchReply))]
[JsonSerializable(typeof(ConfigReply))]
[JsonSerializable(typeof(SignalReply))]
[JsonSerializable(typeof(SignalsReply))]
[JsonSerializable(typeof(SignalDeletedReply))]
[JsonSerializable(typeof(ValidationReply))]
[JsonSerializable(typeof(OrdersReply))]
[JsonSerializable(typeof(DatastoreReply))]
[JsonSerializable(typeof(PortfolioView))]
[JsonSerializable(typeof(AccountStatusView))]
[JsonSerializable(typeof(TradeIntent))]
[JsonSerializable(typeof(StoredAccount))]
internal sealed partial class CommandJson : JsonSerializerContext;

/// <summary>Times as ISO-8601 UTC with milliseconds and Z.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
}
