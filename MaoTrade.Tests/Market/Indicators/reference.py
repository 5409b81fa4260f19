"""Works every indicator out with pandas and numpy: windows one by one, averages by ewm, MAMA from the published EasyLanguage.

Reads CSV with the columns high, low, close, volume; writes CSV with a column for each indicator, empty where it is not defined.
"""
import math
import sys

import numpy as np
import pandas as pd


def windows(series, n, function):
    """function of each window by itself: nothing is carried from one to the next."""
    values = series.to_numpy()
    result = np.full(len(values), np.nan)
    if len(values) >= n:
        result[n - 1:] = function(np.lib.stride_tricks.sliding_window_view(values, n))
    return pd.Series(result, index=series.index)


def mean(series, n):
    return windows(series, n, lambda view: view.mean(axis=1))


def smoothed(series, n, alpha):
    """ewm from the mean of the first n defined values on."""
    defined = series.dropna()
    seeded = defined.iloc[n - 1:].copy()
    seeded.iloc[0] = defined.iloc[:n].mean()
    return seeded.ewm(alpha=alpha, adjust=False).mean().reindex(series.index)


def ema(series, n):
    return smoothed(series, n, 2 / (n + 1))


def rsi(close, n):
    change = close.diff()
    gain = smoothed(change.clip(lower=0), n, 1 / n)
    loss = smoothed(-change.clip(upper=0), n, 1 / n)
    return (100 * gain / (gain + loss)).where(gain + loss != 0, 50).where(gain.notna())


def atr(bars, n):
    previous = bars.close.shift(1)
    ranges = pd.concat([bars.high - bars.low, (bars.high - previous).abs(), (bars.low - previous).abs()], axis=1)
    return smoothed(ranges.max(axis=1), n, 1 / n)


def mama(price, fast_limit, slow_limit):
    """Ehlers, MESA Adaptive Moving Averages: the code of the article, a list for each variable, degrees as EasyLanguage has them."""
    n = len(price)
    names = ("Smooth Detrender I1 Q1 jI jQ I2 Q2 Re Im Period Phase MAMA FAMA").split()
    v = {name: [0.0] * n for name in names}
    for i in range(n):
        if i < 5:
            v["MAMA"][i] = v["FAMA"][i] = price[i]
            continue

        def at(name, back=0):
            return v[name][i - back] if i >= back else 0.0

        def hilbert(name):
            return .0962 * at(name) + .5769 * at(name, 2) - .5769 * at(name, 4) - .0962 * at(name, 6)

        adjust = .075 * at("Period", 1) + .54
        v["Smooth"][i] = (4 * price[i] + 3 * price[i - 1] + 2 * price[i - 2] + price[i - 3]) / 10
        v["Detrender"][i] = hilbert("Smooth") * adjust
        v["Q1"][i] = hilbert("Detrender") * adjust
        v["I1"][i] = at("Detrender", 3)
        v["jI"][i] = hilbert("I1") * adjust
        v["jQ"][i] = hilbert("Q1") * adjust
        v["I2"][i] = .2 * (at("I1") - at("jQ")) + .8 * at("I2", 1)
        v["Q2"][i] = .2 * (at("Q1") + at("jI")) + .8 * at("Q2", 1)
        v["Re"][i] = .2 * (at("I2") * at("I2", 1) + at("Q2") * at("Q2", 1)) + .8 * at("Re", 1)
        v["Im"][i] = .2 * (at("I2") * at("Q2", 1) - at("Q2") * at("I2", 1)) + .8 * at("Im", 1)
        period = at("Period", 1)
        if at("Im") != 0 and at("Re") != 0:
            period = 360 / math.degrees(math.atan(at("Im") / at("Re")))
        if period > 1.5 * at("Period", 1):
            period = 1.5 * at("Period", 1)
        if period < .67 * at("Period", 1):
            period = .67 * at("Period", 1)
        if period < 6:
            period = 6
        if period > 50:
            period = 50
        v["Period"][i] = .2 * period + .8 * at("Period", 1)
        v["Phase"][i] = math.degrees(math.atan(at("Q1") / at("I1"))) if at("I1") != 0 else at("Phase", 1)
        delta = at("Phase", 1) - at("Phase")
        if delta < 1:
            delta = 1
        alpha = fast_limit / delta
        if alpha < slow_limit:
            alpha = slow_limit
        v["MAMA"][i] = alpha * price[i] + (1 - alpha) * at("MAMA", 1)
        v["FAMA"][i] = .5 * alpha * at("MAMA") + (1 - .5 * alpha) * at("FAMA", 1)
    return [pd.Series(v[name]).where(pd.RangeIndex(n) >= 32) for name in ("MAMA", "FAMA")]


def work(bars):
    close, volume = bars.close, bars.volume
    out = pd.DataFrame(index=bars.index)
    out["returns"] = close / close.shift(1) - 1
    out["log_returns"] = np.log(close / close.shift(1))
    out["volatility"] = windows(out["log_returns"], 20, lambda view: view.std(axis=1, ddof=1))
    for n in (20, 50, 200):
        out[f"sma_{n}"] = mean(close, n)
        out[f"ema_{n}"] = ema(close, n)
    out["macd"] = ema(close, 12) - ema(close, 26)
    out["macd_signal"] = ema(out["macd"], 9)
    out["macd_hist"] = out["macd"] - out["macd_signal"]
    out["rsi_14"] = rsi(close, 14)
    out["rsi_28"] = rsi(close, 28)
    deviation = windows(close, 20, lambda view: view.std(axis=1, ddof=0))
    out["bb_middle"] = mean(close, 20)
    out["bb_upper"] = out["bb_middle"] + 2 * deviation
    out["bb_lower"] = out["bb_middle"] - 2 * deviation
    out["bb_width"] = (out["bb_upper"] - out["bb_lower"]) / out["bb_middle"]
    out["atr"] = atr(bars, 14)
    out["volume_ma"] = mean(volume, 20)
    out["volume_ratio"] = (volume / out["volume_ma"]).where(out["volume_ma"] != 0, 0).where(out["volume_ma"].notna())
    out["obv"] = (np.sign(close.diff()).fillna(1) * volume).cumsum()
    out["support"] = bars.low.rolling(20).min()
    out["resistance"] = bars.high.rolling(20).max()
    out["market_condition_strength"] = (out["ema_20"] - out["ema_50"]).abs() / out["atr"]
    out["market_condition_volatility"] = out["volatility"] / mean(out["volatility"], 50)
    out["price_momentum"] = close / close.shift(10) - 1
    out["mama"], out["fama"] = mama(((bars.high + bars.low) / 2).tolist(), .5, .05)
    return out


work(pd.read_csv(sys.argv[1], float_precision="round_trip")).to_csv(sys.stdout, index=False, float_format="%.17g")
