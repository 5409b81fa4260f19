using MaoTrade.Engine.Systems.Parameters;

namespace MaoTrade.Engine.Systems;

/// <summary>What people may know of a system before they use it.</summary>
/// <param name="Name">Name in signals.</param>
/// <param name="Description">One line.</param>
/// <param name="Parameters">What it can be told.</param>
public sealed record SystemDescription(string Name, string Description, IReadOnlyList<ParameterDefinition> Parameters);
