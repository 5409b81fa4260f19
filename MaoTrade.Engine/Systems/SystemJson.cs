using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaoTrade.Engine.Systems;

/// <summary>JSON of what systems store.</summary>
[JsonSerializable(typeof(SortedDictionary<string, JsonElement>))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(bool))]
internal sealed partial class SystemJson : JsonSerializerContext;
