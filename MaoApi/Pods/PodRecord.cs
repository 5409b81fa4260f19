using System.Text.Json;
using MaoApi.Hosting;

namespace MaoApi.Pods;

/// <summary>What a gateway that crashed leaves for the next one to find its processes by (<c>pod.json</c>).</summary>
/// <param name="Process">The process that was started.</param>
/// <param name="InstanceId">What the engine called itself; null while it has not answered, and for the paper broker.</param>
internal sealed record PodRecord(ProcessIdentity Process, string? InstanceId)
{
    /// <summary>Its name in the folder of the account, or of the paper market.</summary>
    public const string FileName = "pod.json";

    public static PodRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PodRecord>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
        }
        catch (Exception fault) when (fault is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this, JsonSerializerOptions.Web));
}
