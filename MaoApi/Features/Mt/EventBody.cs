using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MaoApi.Http;
using MaoApi.Notices;

namespace MaoApi.Features.Mt;

/// <summary>One event of an engine.</summary>
internal sealed record EventBody
{
    private const int MostData = 4096;

    [Required]
    [RegularExpression("[A-Za-z0-9_-]{8,64}")]
    public string? EventId { get; init; }

    /// <summary>When it happened, ISO-8601.</summary>
    [Required]
    public DateTimeOffset? At { get; init; }

    [Required]
    public string? Type { get; init; }

    [Required]
    [RegularExpression("debug|info|warning|error|critical")]
    public string? Severity { get; init; }

    [StringLength(64)]
    public string? SignalId { get; init; }

    [Required]
    [StringLength(NewNotice.MostTitle)]
    public string? Title { get; init; }

    [Required]
    [StringLength(NewNotice.MostMessage)]
    public string? Message { get; init; }

    /// <summary>Further fields for programs, a JSON object.</summary>
    public JsonElement? Data { get; init; }

    public bool IsError => Severity is "error" or "critical";

    /// <summary>Reads one; null and why where it is none.</summary>
    public static EventBody? Read(JsonElement json, out string problem)
    {
        EventBody? body;
        try
        {
            body = json.Deserialize<EventBody>(JsonDefaults.Options);
        }
        catch (JsonException fault)
        {
            body = null;
            problem = fault.Path is { Length: > 2 } path ? $"'{path[2..]}' cannot be read" : "it is not an event";
            return null;
        }

        problem = body is null ? "it is not an event" : body.Problem() ?? "";
        return problem.Length == 0 ? body : null;
    }

    /// <summary>The id an event was given, whatever else is wrong with it.</summary>
    public static string? IdOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("eventId", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private string? Problem()
    {
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(this, new ValidationContext(this), faults, validateAllProperties: true))
        {
            return faults[0].ErrorMessage;
        }

        if (!NoticeType.OfEngines.Contains(Type!))
        {
            return $"type is none of {string.Join(", ", NoticeType.OfEngines)}";
        }

        return Data is { } data && (data.ValueKind != JsonValueKind.Object || data.GetRawText().Length > MostData)
            ? $"data is an object of at most {MostData} characters"
            : null;
    }
}
