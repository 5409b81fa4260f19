namespace MaoTrade.Tests.Containers;

/// <summary>The profile <c>core</c>: a gateway, the paper market and two engines, each a container of its own.</summary>
public sealed class CoreStack() : ComposeStack("core", "gateway", new Dictionary<string, string>(StringComparer.Ordinal));
