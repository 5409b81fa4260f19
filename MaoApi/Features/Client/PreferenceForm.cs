using System.ComponentModel.DataAnnotations;
using System.Globalization;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using MaoApi.Notices;
using MaoApi.Notices.Channels.Webhook;
using MaoApi.Notices.Preferences;
using MaoApi.Outbound;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Client;

public sealed record PreferencesRequest : IValidatableObject
{
    private const string Clock = "([01][0-9]|2[0-3]):[0-5][0-9]";

    [Required]
    public ChannelsRequest? Channels { get; init; }

    /// <summary>The kinds that are sent out; none of them: everything is only listed.</summary>
    [Required]
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>HH:mm; null = no quiet hours.</summary>
    [RegularExpression(Clock)]
    public string? QuietFrom { get; init; }

    /// <summary>HH:mm.</summary>
    [RegularExpression(Clock)]
    public string? QuietTo { get; init; }

    /// <summary>IANA name.</summary>
    [StringLength(64)]
    public string? TimeZone { get; init; }

    /// <summary>The version that was read; left out: whatever is there is replaced.</summary>
    public long? Version { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Events?.FirstOrDefault(name => !NoticeType.OfEngines.Contains(name)) is { } unknown)
        {
            yield return new ValidationResult($"'{unknown}' is none of {string.Join(", ", NoticeType.OfEngines)}", [nameof(Events)]);
        }

        if (QuietFrom is null != QuietTo is null)
        {
            yield return new ValidationResult("quietFrom and quietTo come together", [nameof(QuietTo)]);
        }

        if (TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return new ValidationResult("an IANA name of a time zone is expected, such as Europe/Rome", [nameof(TimeZone)]);
        }
    }
}

public sealed record ChannelsRequest
{
    public bool Push { get; init; } = true;

    public ChatRequest? Telegram { get; init; }

    public WebhookRequest? Webhook { get; init; }
}

public sealed record ChatRequest
{
    /// <summary>Number of the chat, or name of a channel.</summary>
    [Required]
    [RegularExpression("-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32}")]
    public string? ChatId { get; init; }
}

public sealed record WebhookRequest
{
    /// <summary>https, port 443 or 8443, in the public Internet.</summary>
    [Required]
    [StringLength(400)]
    public string? Url { get; init; }

    /// <summary>Told by the gateway, never read.</summary>
    [StringLength(100)]
    public string? Secret { get; init; }
}

internal sealed record PreferencesView(
    ChannelsView Channels, IReadOnlyList<string> Events, string? QuietFrom, string? QuietTo, string TimeZone, long Version);

internal sealed record ChannelsView(bool Push, TelegramChat? Telegram, WebhookView? Webhook);

internal sealed record WebhookView(string Url, string Secret);

internal static class PreferenceForm
{
    public static async Task<Answer<PreferencesView>> ReadAsync(
        Caller caller, IDbContextFactory<MaoHomeContext> contexts, WebhookSecrets secrets, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Preferences.AsNoTracking().SingleOrDefaultAsync(preference => preference.UserKey == caller.UserKey, cancellationToken);
        return View(NoticePreferences.Of(row), row?.Version ?? 0, caller, secrets);
    }

    public static async Task<Answer<PreferencesView>> WriteAsync(
        PreferencesRequest request,
        Caller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        OutboundRules rules,
        WebhookSecrets secrets,
        CancellationToken cancellationToken)
    {
        if (request.Channels!.Webhook is { } webhook && rules.Read(webhook.Url, out var problem) is null)
        {
            return Failure.Invalid("channels.webhook.url", "invalid", problem);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Preferences.SingleOrDefaultAsync(preference => preference.UserKey == caller.UserKey, cancellationToken);
        if (request.Version is { } version && version != (row?.Version ?? 0))
        {
            return new Failure(ApiCodes.EngineConflict, "changed by somebody else in the meantime");
        }

        if (row is null)
        {
            row = new Preference { UserKey = caller.UserKey };
            context.Add(row);
        }

        var chosen = Chosen(request);
        chosen.WriteTo(row);
        await context.SaveChangesAsync(cancellationToken);
        return View(chosen, row.Version, caller, secrets);
    }

    private static NoticePreferences Chosen(PreferencesRequest request) => new()
    {
        Channels = new NoticeChannels
        {
            Push = request.Channels!.Push,
            Telegram = request.Channels.Telegram is { } chat ? new TelegramChat(chat.ChatId!) : null,
            Webhook = request.Channels.Webhook is { } webhook ? new WebhookAddress(webhook.Url!) : null,
        },
        Events = [.. request.Events!.Distinct(StringComparer.Ordinal)],
        QuietFrom = Clock(request.QuietFrom),
        QuietTo = Clock(request.QuietTo),
        TimeZone = request.TimeZone ?? "UTC",
    };

    private static TimeOnly? Clock(string? text) =>
        text is null ? null : TimeOnly.ParseExact(text, NoticePreferences.ClockFormat, CultureInfo.InvariantCulture);

    private static PreferencesView View(NoticePreferences chosen, long version, Caller caller, WebhookSecrets secrets) => new(
        new ChannelsView(
            chosen.Channels.Push,
            chosen.Channels.Telegram,
            chosen.Channels.Webhook is { } webhook ? new WebhookView(webhook.Url, secrets.Of(caller.UserKey, webhook.Url)) : null),
        chosen.Events,
        chosen.QuietFrom?.ToString(NoticePreferences.ClockFormat, CultureInfo.InvariantCulture),
        chosen.QuietTo?.ToString(NoticePreferences.ClockFormat, CultureInfo.InvariantCulture),
        chosen.TimeZone,
        version);
}
