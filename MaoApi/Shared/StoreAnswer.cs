namespace MaoApi.Shared;

/// <summary>What the shared store answered, or that it is away.</summary>
/// <param name="IsThere">Whether it answered.</param>
/// <param name="Value">The answer; nothing where it is away.</param>
internal readonly record struct StoreAnswer<T>(bool IsThere, T Value);
