using MaoTrade.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MaoTrade.Engine.Production;

/// <summary>The same model with migrations of its own: keys are text of a length there, and none of them was ever another.</summary>
internal sealed class MySqlEngineContext(DbContextOptions<MySqlEngineContext> options) : EngineContext(options);
