using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaoApi.Engines;

/// <summary>How the gateway writes to engines: members without a value are left out, an engine may not know them.</summary>
internal static class EngineJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
