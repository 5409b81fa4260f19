namespace MaoTrade.Tests.EndToEnd;

/// <summary>Tests that start processes run one after another: two cores are enough for one rig.</summary>
[CollectionDefinition("processes", DisableParallelization = true)]
public sealed class ProcessesCollection;
