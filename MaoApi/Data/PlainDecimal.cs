using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MaoApi.Data;

/// <summary>Decimals without the zeros a database writes behind them: 1 is 1 from every kind of database, not 1.0 or 1.000.</summary>
internal sealed class PlainDecimal() : ValueConverter<decimal, decimal>(
    value => value,
    stored => stored / 1.0000000000000000000000000000m);
