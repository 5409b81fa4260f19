namespace MaoApi.Data.Entities;

/// <summary>When a process with a role last said that it works (<c>mao_roles</c>). Of several with the same role, whoever spoke last.</summary>
internal sealed class RoleBeat
{
    /// <summary>api, pod or data.</summary>
    public required string Role { get; set; }

    /// <summary>The machine it runs on.</summary>
    public required string Machine { get; set; }

    public DateTimeOffset At { get; set; }
}
