namespace TandemFetch.Sandbox.Pump;

internal enum BolusPart
{
    Waiting,
    Now,
    Later,
    Ended,
}
