namespace MaoApi.Data.Entities;

/// <summary>A row whose every change carries the version it was read with; a stale one is refused.</summary>
internal interface IVersioned
{
    long Version { get; set; }
}
