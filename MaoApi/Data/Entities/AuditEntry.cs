namespace MaoApi.Data.Entities;

/// <summary>Who changed what, from where, and how it was before; only ever added to (<c>mao_audit</c>).</summary>
internal sealed class AuditEntry
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The user, or the service's key.</summary>
    public required string Who { get; set; }

    public string? ClientAddress { get; set; }

    /// <summary>The program the request named itself.</summary>
    public string? Agent { get; set; }

    /// <summary>Resource and action, such as <c>accounts/update</c>.</summary>
    public required string What { get; set; }

    /// <summary>Which of the resource.</summary>
    public required string Target { get; set; }

    /// <summary>The row before, JSON without secrets; null where there was none.</summary>
    public string? Before { get; set; }

    public string? After { get; set; }

    public string? RequestId { get; set; }
}
