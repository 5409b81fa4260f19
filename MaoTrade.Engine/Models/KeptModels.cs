using System.Text.Json;
using System.Text.Json.Serialization;
using MaoTrade.Engine.Hosting.Configuration;

namespace MaoTrade.Engine.Models;

/// <summary>Which models were in use last, <c>models/kept.json</c> of the account's folder: for a start at which a later one cannot be loaded.</summary>
internal static partial class KeptModels
{
    private const string FileName = "kept.json";

    /// <summary>None where there is no such list, or it cannot be read.</summary>
    public static IReadOnlyList<ModelConfig> Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, FileName)), KeptJson.Default.IReadOnlyListModelConfig) ?? [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Replaces the list as a whole; an account that never had models gets none.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string folder, ModelSet models)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        IReadOnlyList<ModelConfig> kept =
            [.. models.Files.Select(file => new ModelConfig { File = Path.GetFileName(file.Path), Sha256 = file.Model.Sha256, Name = file.Model.Name })];
        var path = Path.Combine(folder, FileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(kept, KeptJson.Default.IReadOnlyListModelConfig));
        File.Move(path + ".new", path, overwrite: true);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(IReadOnlyList<ModelConfig>))]
    private sealed partial class KeptJson : JsonSerializerContext;
}
