Console.WriteLine("TandemFetch.Benchmarks");
