using System.Text.Json;
using MaoApi.Auth.Services;

namespace MaoApi.Hosting;

/// <summary>What a new user needs to log in (<c>first-run.json</c>); the only place the generated passwords stand in plain.</summary>
internal sealed record FirstRunFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Url { get; init; } = "";

    public required string User { get; init; }

    public required string Password { get; init; }

    public required string AdminUser { get; init; }

    public required string AdminPassword { get; init; }

    /// <summary>Key of scope <c>srv</c>.</summary>
    public ServiceKeySecret? Service { get; init; }

    /// <summary>Key of scope <c>monitor</c>.</summary>
    public ServiceKeySecret? Monitor { get; init; }

    public IReadOnlyList<FirstRunAccount> Accounts { get; init; } = [];

    /// <summary>The file, or null where there is none: its owner may have deleted it.</summary>
    public static FirstRunFile? Read(DataFolder folder) => Read(folder.FirstRun);

    /// <summary>The same by its path.</summary>
    public static FirstRunFile? Read(string path) => File.Exists(path)
        ? JsonSerializer.Deserialize<FirstRunFile>(File.ReadAllBytes(path), Json)
        : null;

    public void Write(DataFolder folder) => PrivateFile.Write(folder.FirstRun, JsonSerializer.Serialize(this, Json));
}

/// <summary>Where an account's engine listens.</summary>
internal sealed record FirstRunAccount(string AccountId, string? Host, int? Port);
