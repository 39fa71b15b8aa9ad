namespace Gateway.Frames;

/// <summary>How many sensors are known at a time.</summary>
/// <param name="Most">At least 1.</param>
/// <param name="ForgetAfter">One that has been silent for so long is forgotten.</param>
internal readonly record struct SensorOptions(int Most, TimeSpan ForgetAfter);
